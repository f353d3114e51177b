// The module of bad.c, declared to run without the GIL.
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
    .m_name = "single_phase_good",
    .m_size = -1,
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit_single_phase_good(void) {
  PyObject *module = PyModule_Create(&definition);
  if (module == NULL) {
    return NULL;
  }
#ifdef Py_GIL_DISABLED
  if (PyUnstable_Module_SetGIL(module, Py_MOD_GIL_NOT_USED) < 0) {
    Py_DECREF(module);
    return NULL;
  }
#endif
  return module;
}
