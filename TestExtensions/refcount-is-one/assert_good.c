// The count is only checked by assertions, shown to the caller and written to a log.
#include <Python.h>
#include <assert.h>
#include <stdio.h>

static PyObject *make_pair(PyObject *module, PyObject *args) {
  PyObject *pair = PyList_New(2);
  if (pair == NULL) {
    return NULL;
  }
  assert(Py_REFCNT(pair) == 1);
  PyList_SET_ITEM(pair, 0, Py_NewRef(args));
  PyList_SET_ITEM(pair, 1, Py_NewRef(module));
  return pair;
}

static PyObject *references(PyObject *module, PyObject *object) {
  return PyLong_FromSsize_t(Py_REFCNT(object) - 1);
}

static PyObject *describe(PyObject *module, PyObject *object) {
  if (Py_REFCNT(object) == 1) {
    fprintf(stderr, "%p: the only reference\n", (void *)object);
  }
  return PyUnicode_FromFormat("%s, %s", Py_TYPE(object)->tp_name,
                              Py_REFCNT(object) > 1 ? "shared" : "not shared");
}

static PyMethodDef methods[] = {
    {"make_pair", make_pair, METH_VARARGS, NULL},
    {"references", references, METH_O, NULL},
    {"describe", describe, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "refcount_is_one_assert_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_refcount_is_one_assert_good(void) {
  return PyModuleDef_Init(&definition);
}
