// A single-phase module that says nothing about the GIL.
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
    .m_name = "single_phase_bad",
    .m_size = -1,
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit_single_phase_bad(void) {  // expect: single-phase-without-gil-declaration
  PyObject *module = PyModule_Create(&definition);
  if (module == NULL) {
    return NULL;
  }
  return module;
}
