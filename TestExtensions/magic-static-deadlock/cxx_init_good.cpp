// A static variable initialised by an import, in a function that only the exec function calls.
#include <Python.h>

static PyObject *version_module() {
  static PyObject *const sys = PyImport_ImportModule("sys");
  return sys;
}

static int exec_module(PyObject *module) {
  PyObject *sys = version_module();
  PyObject *version = sys ? PyObject_GetAttrString(sys, "version") : nullptr;
  if (version == nullptr) {
    return -1;
  }
  int failed = PyModule_AddObjectRef(module, "version", version);
  Py_DECREF(version);
  return failed;
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, reinterpret_cast<void *>(exec_module)},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, nullptr},
};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    "magic_static_deadlock_cxx_init_good",
    nullptr,
    0,
    nullptr,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_magic_static_deadlock_cxx_init_good() {
  return PyModuleDef_Init(&definition);
}
