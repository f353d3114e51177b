// The helper loads and stores atomically; who comes second drops what he made.
#include <Python.h>

static PyObject *cache_import(const char *module_name, const char *name, PyObject **cache) {
  PyObject *found = __atomic_load_n(cache, __ATOMIC_ACQUIRE);
  if (found != NULL) {
    return found;
  }
  PyObject *module = PyImport_ImportModule(module_name);
  if (module == NULL) {
    return NULL;
  }
  PyObject *made = PyObject_GetAttrString(module, name);
  Py_DECREF(module);
  if (made != NULL && !__atomic_compare_exchange_n(
                          cache, &found, made, 0, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) {
    Py_DECREF(made);
    return found;
  }
  return made;
}

static PyObject *fraction_type;

static PyObject *fraction(PyObject *module, PyObject *text) {
  PyObject *type = cache_import("fractions", "Fraction", &fraction_type);
  return type == NULL ? NULL : PyObject_CallOneArg(type, text);
}

static PyObject *deep_copy(PyObject *module, PyObject *object) {
  static PyObject *cache;
  PyObject *function = cache_import("copy", "deepcopy", &cache);
  return function == NULL ? NULL : PyObject_CallOneArg(function, object);
}

static PyMethodDef methods[] = {
    {"fraction", fraction, METH_O, NULL},
    {"deep_copy", deep_copy, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "lazy_initialised_static_helper_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lazy_initialised_static_helper_good(void) {
  return PyModuleDef_Init(&definition);
}
