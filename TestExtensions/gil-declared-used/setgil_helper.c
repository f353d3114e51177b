// A helper says it; the call is the place.
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
    .m_name = "gil_declared_used_setgil_helper",
    .m_size = -1,
    .m_methods = methods,
};

static int keep_gil(PyObject *module) {
#ifdef Py_GIL_DISABLED
  return PyUnstable_Module_SetGIL(module, Py_MOD_GIL_USED);  // expect: gil-declared-used
#else
  return 0;
#endif
}

PyMODINIT_FUNC PyInit_gil_declared_used_setgil_helper(void) {
  PyObject *module = PyModule_Create(&definition);
  if (module != NULL && keep_gil(module) < 0) {
    Py_CLEAR(module);
  }
  return module;
}
