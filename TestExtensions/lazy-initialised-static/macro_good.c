// The same macro, used in the exec function only.
#include <Python.h>

#define IMPORT_ONCE(cache, name) \
  do { \
    if ((cache) == NULL) { \
      (cache) = PyImport_ImportModule(name); \
    } \
  } while (0)

static PyObject *json;
static PyObject *decimal;

static int exec_module(PyObject *module) {
  IMPORT_ONCE(json, "json");
  IMPORT_ONCE(decimal, "decimal");
  return json == NULL || decimal == NULL ? -1 : 0;
}

static PyObject *dumps(PyObject *module, PyObject *object) {
  return PyObject_CallMethod(json, "dumps", "O", object);
}

static PyObject *context(PyObject *module, PyObject *unused) {
  return PyObject_CallMethod(decimal, "getcontext", NULL);
}

static PyMethodDef methods[] = {
    {"dumps", dumps, METH_O, NULL},
    {"context", context, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "lazy_initialised_static_macro_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lazy_initialised_static_macro_good(void) {
  return PyModuleDef_Init(&definition);
}
