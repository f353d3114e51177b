// Macros that once made one source serve Python 2 and 3.
#include <Python.h>

#if PY_MAJOR_VERSION >= 3
#define MODULE_INIT(name) PyMODINIT_FUNC PyInit_##name(void)
#define MODULE_MAKE(result) result = PyModule_Create(&definition)
#define MODULE_DONE(result) return result
#else
#error "Python 3 is needed"
#endif

#ifdef Py_GIL_DISABLED
#define DECLARE_GIL(module) PyUnstable_Module_SetGIL(module, Py_MOD_GIL_NOT_USED)
#else
#define DECLARE_GIL(module) (void)(module)
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
    .m_name = "single_phase_macro_good",
    .m_size = -1,
    .m_methods = methods,
};

MODULE_INIT(single_phase_macro_good) {
  PyObject *module;
  MODULE_MAKE(module);
  if (module != NULL) {
    DECLARE_GIL(module);
  }
  MODULE_DONE(module);
}
