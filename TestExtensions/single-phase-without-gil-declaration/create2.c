// PyModule_Create2, not the macro around it, and its result returned through an assignment in a condition.
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
    .m_name = "single_phase_create2",
    .m_size = -1,
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit_single_phase_create2(void) {  // expect: single-phase-without-gil-declaration
  PyObject *module;
  if ((module = PyModule_Create2(&definition, PYTHON_API_VERSION)) == NULL) {
    return NULL;
  }
  if (PyModule_AddIntConstant(module, "version", 1) < 0) {
    Py_DECREF(module);
    return NULL;
  }
  return module;
}
