// The init function finds its maker in a table of functions.
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
    .m_name = "single_phase_static_function_table",
    .m_size = -1,
    .m_methods = methods,
};

static PyObject *create(void) {
  return PyModule_Create(&definition);
}

static int finish(PyObject *module) {
  return PyModule_AddIntConstant(module, "version", 1);
}

static const struct {
  PyObject *(*create)(void);
  int (*finish)(PyObject *module);
} steps = {create, finish};

PyMODINIT_FUNC PyInit_single_phase_static_function_table(void) {  // expect: single-phase-without-gil-declaration
  PyObject *module = steps.create();
  if (module != NULL && steps.finish(module) < 0) {
    Py_CLEAR(module);
  }
  return module;
}
