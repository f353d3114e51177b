// Counts that are only told or compared, and references that are taken whatever the count is.
#include <Python.h>
#include <assert.h>

static PyObject *references(PyObject *module, PyObject *object) {
  return PyLong_FromSsize_t(Py_REFCNT(object));
}

static PyObject *is_shared(PyObject *module, PyObject *object) {
  if (Py_REFCNT(object) > 2) {
    Py_RETURN_TRUE;
  }
  Py_RETURN_FALSE;
}

static PyObject *same(PyObject *module, PyObject *object) {
  assert(Py_REFCNT(object) > 0);
  Py_INCREF(object);
  return object;
}

static PyMethodDef methods[] = {
    {"references", references, METH_O, NULL},
    {"is_shared", is_shared, METH_O, NULL},
    {"same", same, METH_O, NULL},
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
    .m_name = "try_incref_count_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_try_incref_count_good(void) {
  return PyModuleDef_Init(&definition);
}
