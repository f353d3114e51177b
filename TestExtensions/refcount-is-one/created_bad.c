// The list is made here and given to nobody; the test is still one that the new count can fail.
#include <Python.h>

static PyObject *append_all(PyObject *module, PyObject *args) {
  PyObject *result = PyList_New(0);
  if (result == NULL) {
    return NULL;
  }
  for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(args); i++) {
    PyObject *item = PyTuple_GET_ITEM(args, i);
    if (Py_REFCNT(result) != 1) {  // expect: refcount-is-one
      PyObject *copy = PyList_GetSlice(result, 0, i);
      Py_SETREF(result, copy);
    }
    if (result == NULL || PyList_Append(result, item) < 0) {
      Py_XDECREF(result);
      return NULL;
    }
  }
  return result;
}

static PyMethodDef methods[] = {
    {"append_all", append_all, METH_VARARGS, NULL},
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
    .m_name = "refcount_is_one_created_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_refcount_is_one_created_bad(void) {
  return PyModuleDef_Init(&definition);
}
