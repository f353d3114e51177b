// The test and the store are in a macro; so is, for the second cache, the variable.
#include <Python.h>

#define IMPORT_ONCE(cache, name) \
  do { \
    if ((cache) == NULL) { \
      (cache) = PyImport_ImportModule(name); \
    } \
  } while (0)

#define RETURN_CACHED(expression) \
  static PyObject *cached; \
  if (cached == NULL) { \
    cached = (expression); \
  } \
  return Py_XNewRef(cached)

static PyObject *json;  // expect: lazy-initialised-static

static PyObject *dumps(PyObject *module, PyObject *object) {
  IMPORT_ONCE(json, "json");
  if (json == NULL) {
    return NULL;
  }
  return PyObject_CallMethod(json, "dumps", "O", object);
}

static PyObject *limits(PyObject *module, PyObject *unused) {
  RETURN_CACHED(Py_BuildValue("(ii)", -1000, 1000));  // expect: lazy-initialised-static
}

static PyMethodDef methods[] = {
    {"dumps", dumps, METH_O, NULL},
    {"limits", limits, METH_NOARGS, NULL},
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
    .m_name = "lazy_initialised_static_macro",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lazy_initialised_static_macro(void) {
  return PyModuleDef_Init(&definition);
}
