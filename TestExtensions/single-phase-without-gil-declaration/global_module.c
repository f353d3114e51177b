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
    .m_name = "single_phase_global_module",
    .m_size = -1,
    .m_methods = methods,
};

static PyObject *module;

PyMODINIT_FUNC PyInit_single_phase_global_module(void) {  // expect: single-phase-without-gil-declaration
  module = PyModule_Create(&definition);
  if (module == NULL) {
    goto done;
  }
done:
  return module;
}
