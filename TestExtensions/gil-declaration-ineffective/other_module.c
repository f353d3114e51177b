// The submodule is declared, the module that is returned is not.
#include <Python.h>

static PyObject *answer(PyObject *module, PyObject *unused) {
  return PyLong_FromLong(42);
}

static PyMethodDef methods[] = {
    {"answer", answer, METH_NOARGS, "Return 42."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "gil_ineffective_other_module",
    .m_size = -1,
    .m_methods = methods,
};

static struct PyModuleDef inner = {
    PyModuleDef_HEAD_INIT,
    .m_name = "inner",
    .m_size = -1,
};

PyMODINIT_FUNC PyInit_gil_ineffective_other_module(void) {
  PyObject *module = PyModule_Create(&definition);
  PyObject *part = PyModule_Create(&inner);
  if (module == NULL || part == NULL) {
    goto failed;
  }
#ifdef Py_GIL_DISABLED
  if (PyUnstable_Module_SetGIL(part, Py_MOD_GIL_NOT_USED) < 0) {  // expect: gil-declaration-ineffective
    goto failed;
  }
#endif
  if (PyModule_AddObjectRef(module, "inner", part) < 0) {
    goto failed;
  }
  Py_DECREF(part);
  return module;

failed:
  Py_XDECREF(part);
  Py_XDECREF(module);
  return NULL;
}
