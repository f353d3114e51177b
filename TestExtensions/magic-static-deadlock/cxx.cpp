// A static variable that is initialised on first use by an import. While one thread imports,
// another waits for the variable and does not let the first one go on.
#include <Python.h>

static PyObject *dumps(PyObject *, PyObject *object) {
  static PyObject *const json = PyImport_ImportModule("json");  // expect: magic-static-deadlock
  if (json == nullptr) {
    PyErr_SetString(PyExc_ImportError, "no module 'json'");
    return nullptr;
  }
  return PyObject_CallMethod(json, "dumps", "O", object);
}

static PyMethodDef methods[] = {
    {"dumps", dumps, METH_O, nullptr},
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
    "magic_static_deadlock_cxx",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_magic_static_deadlock_cxx() {
  return PyModuleDef_Init(&definition);
}
