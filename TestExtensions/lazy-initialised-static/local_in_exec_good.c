// A static variable inside a function that only the exec function calls.
#include <Python.h>

static int add_version(PyObject *module) {
  static PyObject *version;
  if (version == NULL) {
    version = Py_BuildValue("(iii)", 1, 2, 3);
    if (version == NULL) {
      return -1;
    }
  }
  return PyModule_AddObjectRef(module, "version", version);
}

static int exec_module(PyObject *module) {
  return add_version(module);
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "lazy_initialised_static_local_in_exec_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lazy_initialised_static_local_in_exec_good(void) {
  return PyModuleDef_Init(&definition);
}
