// The init function makes the module and leaves the rest to another file.
#include <Python.h>

void single_phase_two_files_fill(PyObject *module);

static PyObject *answer(PyObject *module, PyObject *unused) {
  return PyLong_FromLong(42);
}

static PyMethodDef methods[] = {
    {"answer", answer, METH_NOARGS, "Return 42."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "single_phase_two_files",
    .m_size = -1,
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit_single_phase_two_files(void) {  // expect: single-phase-without-gil-declaration
  PyObject *module = PyModule_Create(&definition);
  if (module != NULL) {
    single_phase_two_files_fill(module);
    if (PyErr_Occurred()) {
      Py_DECREF(module);
      module = NULL;
    }
  }
  return module;
}
