// Early return, conditional operator, and a struct that holds the cached object.
#include <Python.h>

static struct {
  PyObject *pattern;
  Py_ssize_t length;
} compiled;  // expect: lazy-initialised-static

static PyObject *get_pattern(void) {
  if (compiled.pattern) return compiled.pattern;
  compiled.pattern = PyBytes_FromString("%d-%d");
  compiled.length = PyBytes_Size(compiled.pattern);
  return compiled.pattern;
}

static PyObject *make_empty(void) {
  return PySet_New(NULL);
}

static PyObject *empty_set(PyObject *module, PyObject *unused) {
  static PyObject *empty = NULL;  // expect: lazy-initialised-static
  return Py_XNewRef(empty != NULL ? empty : (empty = make_empty()));
}

static PyObject *pattern(PyObject *module, PyObject *unused) {
  return Py_XNewRef(get_pattern());
}

static PyMethodDef methods[] = {
    {"empty_set", empty_set, METH_NOARGS, NULL},
    {"pattern", pattern, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "lazy_initialised_static_inverted",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lazy_initialised_static_inverted(void) {
  return PyModuleDef_Init(&definition);
}
