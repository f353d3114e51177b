// Filled on import and cleared when the module dies: nobody calls it any more.
#include <Python.h>

static PyObject *error;
static PyObject *defaults;

static int exec_module(PyObject *module) {
  error = PyErr_NewException("clear.Error", NULL, NULL);
  defaults = Py_BuildValue("(ii)", 1, 2);
  if (error == NULL || defaults == NULL) {
    return -1;
  }
  return PyModule_AddObjectRef(module, "Error", error);
}

static int traverse_module(PyObject *module, visitproc visit, void *arg) {
  Py_VISIT(error);
  Py_VISIT(defaults);
  return 0;
}

static int clear_module(PyObject *module) {
  Py_CLEAR(error);
  Py_CLEAR(defaults);
  return 0;
}

static void free_module(void *module) {
  clear_module(module);
}

static PyObject *get_defaults(PyObject *module, PyObject *unused) {
  if (defaults == NULL) {
    PyErr_SetString(error, "too late");
    return NULL;
  }
  return Py_NewRef(defaults);
}

static PyMethodDef methods[] = {
    {"get_defaults", get_defaults, METH_NOARGS, NULL},
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
    .m_name = "mutable_static_object_clear_good",
    .m_methods = methods,
    .m_slots = slots,
    .m_traverse = traverse_module,
    .m_clear = clear_module,
    .m_free = free_module,
};

PyMODINIT_FUNC PyInit_mutable_static_object_clear_good(void) {
  return PyModuleDef_Init(&definition);
}
