// The value is an argument of a helper.
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
    .m_name = "gil_declared_used_setgil_argument",
    .m_size = -1,
    .m_methods = methods,
};

#ifdef Py_GIL_DISABLED
static void declare(PyObject *module, void *value) {
  PyUnstable_Module_SetGIL(module, value);  // expect: gil-declared-used
}
#endif

PyMODINIT_FUNC PyInit_gil_declared_used_setgil_argument(void) {
  PyObject *module = PyModule_Create(&definition);
#ifdef Py_GIL_DISABLED
  if (module != NULL) {
    declare(module, Py_MOD_GIL_USED);
  }
#endif
  return module;
}
