// The size is taken under the lock of the list; the loop runs when that is given back.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

static PyObject *index_of(PyObject *module, PyObject *args) {
  PyObject *list, *wanted;
  if (!PyArg_ParseTuple(args, "O!O", &PyList_Type, &list, &wanted)) {
    return NULL;
  }
  Py_ssize_t size;
  Py_BEGIN_CRITICAL_SECTION(list);
  size = PyList_GET_SIZE(list);  // expect: cached-size-loop
  Py_END_CRITICAL_SECTION();
  for (Py_ssize_t i = 0; i < size; i++) {
    if (PyList_GET_ITEM(list, i) == wanted) {
      return PyLong_FromSsize_t(i);
    }
  }
  return PyLong_FromLong(-1);
}

static PyMethodDef methods[] = {
    {"index_of", index_of, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "cached_size_loop_lock_of_other_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_cached_size_loop_lock_of_other_bad(void) {
  return PyModuleDef_Init(&definition);
}
