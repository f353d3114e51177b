// The static variable and its initialiser are in a macro.
#include <Python.h>

#define CACHED_IMPORT(variable, name) \
  static PyObject *variable = PyImport_ImportModule(name); \
  if (variable == nullptr) return nullptr

static PyObject *now(PyObject *, PyObject *) {
  CACHED_IMPORT(time, "time");  // expect: magic-static-deadlock
  return PyObject_CallMethod(time, "time", nullptr);
}

static PyMethodDef methods[] = {
    {"now", now, METH_NOARGS, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, nullptr},
};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    "magic_static_deadlock_cxx_macro",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_magic_static_deadlock_cxx_macro() {
  return PyModuleDef_Init(&definition);
}
