// A helper fills whatever cache it is given.
#include <Python.h>

static int cache_import(const char *module_name, const char *name, PyObject **cache) {
  if (*cache != NULL) {
    return 0;
  }
  PyObject *module = PyImport_ImportModule(module_name);
  if (module == NULL) {
    return -1;
  }
  *cache = PyObject_GetAttrString(module, name);
  Py_DECREF(module);
  return *cache == NULL ? -1 : 0;
}

static PyObject *fraction_type;  // expect: lazy-initialised-static

static PyObject *fraction(PyObject *module, PyObject *text) {
  if (cache_import("fractions", "Fraction", &fraction_type) < 0) {
    return NULL;
  }
  return PyObject_CallOneArg(fraction_type, text);
}

static PyObject *deep_copy(PyObject *module, PyObject *object) {
  static PyObject *function;  // expect: lazy-initialised-static
  if (cache_import("copy", "deepcopy", &function) < 0) {
    return NULL;
  }
  return PyObject_CallOneArg(function, object);
}

static PyMethodDef methods[] = {
    {"fraction", fraction, METH_O, NULL},
    {"deep_copy", deep_copy, METH_O, NULL},
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
    .m_name = "lazy_initialised_static_helper",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lazy_initialised_static_helper(void) {
  return PyModuleDef_Init(&definition);
}
