// Before the module can be called, nobody changes what its exec function reads.
#include <Python.h>

static long version_major;

static long number_in(PyObject *dict, const char *name) {
  PyObject *value = PyDict_GetItemString(dict, name);
  return value == NULL ? -1 : PyLong_AsLong(value);
}

static int exec_module(PyObject *module) {
  PyObject *dict = PyModule_GetDict(module);
  if (PyModule_AddIntConstant(module, "VERSION", 3) < 0) {
    return -1;
  }
  version_major = number_in(dict, "VERSION");
  PyObject *name = PyDict_GetItemString(dict, "__name__");
  PyObject *qualified = name == NULL ? NULL : PyUnicode_FromFormat("%U.Error", name);
  if (qualified == NULL) {
    return -1;
  }
  int result = PyModule_AddObjectRef(module, "ERROR_NAME", qualified);
  Py_DECREF(qualified);
  return result;
}

static PyObject *major(PyObject *module, PyObject *unused) {
  return PyLong_FromLong(version_major);
}

static PyMethodDef methods[] = {
    {"major", major, METH_NOARGS, NULL},
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
    .m_name = "borrowed_from_shared_container_init_only_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_init_only_good(void) {
  return PyModuleDef_Init(&definition);
}
