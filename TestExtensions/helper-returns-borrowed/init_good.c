// Only the exec function calls the helper.
#include <Python.h>

static PyObject *base_error;

static PyObject *attribute(PyObject *module, const char *name) {
  return PyDict_GetItemString(PyModule_GetDict(module), name);
}

static int exec_module(PyObject *module) {
  PyObject *error = PyErr_NewException("init.Error", NULL, NULL);
  if (error == NULL || PyModule_AddObjectRef(module, "Error", error) < 0) {
    Py_XDECREF(error);
    return -1;
  }
  Py_DECREF(error);
  base_error = Py_XNewRef(attribute(module, "Error"));
  return base_error == NULL ? -1 : 0;
}

static PyObject *fail(PyObject *module, PyObject *message) {
  PyErr_SetObject(base_error, message);
  return NULL;
}

static PyMethodDef methods[] = {
    {"fail", fail, METH_O, NULL},
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
    .m_name = "helper_returns_borrowed_init_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_helper_returns_borrowed_init_good(void) {
  return PyModuleDef_Init(&definition);
}
