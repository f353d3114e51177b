// A helper called by the init function declares.
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
    .m_name = "single_phase_runtime_setgil_helper_good",
    .m_size = -1,
    .m_methods = methods,
};

static int declare(PyObject *module) {
#ifdef Py_GIL_DISABLED
  return PyUnstable_Module_SetGIL(module, Py_MOD_GIL_NOT_USED);
#else
  return 0;
#endif
}

PyMODINIT_FUNC PyInit_single_phase_runtime_setgil_helper_good(void) {
  PyObject *module = PyModule_Create(&definition);
  if (module == NULL || declare(module) < 0) {
    Py_XDECREF(module);
    return NULL;
  }
  return module;
}
