// The call stands on the path that fails; no module that is returned is declared.
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
    .m_name = "gil_ineffective_error_path",
    .m_size = -1,
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit_gil_ineffective_error_path(void) {
  PyObject *module = PyModule_Create(&definition);
  if (module == NULL) {
    return NULL;
  }
  if (PyModule_AddIntConstant(module, "version", 1) < 0) {
#ifdef Py_GIL_DISABLED
    PyUnstable_Module_SetGIL(module, Py_MOD_GIL_NOT_USED);  // expect: gil-declaration-ineffective
#endif
    Py_DECREF(module);
    return NULL;
  }
  return module;
}
