// The free-threaded build has a branch of its own.
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
    .m_name = "single_phase_ifdef",
    .m_size = -1,
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit_single_phase_ifdef(void) {  // expect: single-phase-without-gil-declaration
  PyObject *module = PyModule_Create(&definition);
#ifdef Py_GIL_DISABLED
  if (module != NULL && PyModule_AddIntConstant(module, "free_threaded", 1) < 0) {
    Py_CLEAR(module);
  }
#endif
  return module;
}
