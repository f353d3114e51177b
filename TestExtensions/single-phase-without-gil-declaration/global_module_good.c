// The module is kept in a static variable and returned from there by goto.
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
    .m_name = "single_phase_global_module_good",
    .m_size = -1,
    .m_methods = methods,
};

static PyObject *module;

PyMODINIT_FUNC PyInit_single_phase_global_module_good(void) {
  module = PyModule_Create(&definition);
  if (module == NULL) {
    goto done;
  }
#ifdef Py_GIL_DISABLED
  if (PyUnstable_Module_SetGIL(module, Py_MOD_GIL_NOT_USED) < 0) {
    Py_CLEAR(module);
  }
#endif
done:
  return module;
}
