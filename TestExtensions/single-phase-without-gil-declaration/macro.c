// Macros that once made one source serve Python 2 and 3.
#include <Python.h>

#if PY_MAJOR_VERSION >= 3
#define MODULE_INIT(name) PyMODINIT_FUNC PyInit_##name(void)
#define MODULE_MAKE(result) result = PyModule_Create(&definition)
#define MODULE_DONE(result) return result
#else
#error "Python 3 is needed"
#endif

static PyObject *answer(PyObject *module, PyObject *unused) {
  return PyLong_FromLong(42);
}

static PyMethodDef methods[] = {
    {"answer", answer, METH_NOARGS, "Return 42."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "single_phase_macro",
    .m_size = -1,
    .m_methods = methods,
};

MODULE_INIT(single_phase_macro) {  // expect: single-phase-without-gil-declaration
  PyObject *module;
  MODULE_MAKE(module);
  MODULE_DONE(module);
}
