// Free-threaded builds use the static variable, others a lookup in each call.
#include <Python.h>

static PyObject *copy(PyObject *, PyObject *object) {
#ifdef Py_GIL_DISABLED
  static PyObject *module = PyImport_ImportModule("copy");  // expect: magic-static-deadlock
  Py_XINCREF(module);
#else
  PyObject *module = PyImport_ImportModule("copy");
#endif
  PyObject *result = module ? PyObject_CallMethod(module, "copy", "O", object) : nullptr;
  Py_XDECREF(module);
  return result;
}

static PyMethodDef methods[] = {
    {"copy", copy, METH_O, nullptr},
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
    "magic_static_deadlock_ifdef",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_magic_static_deadlock_ifdef() {
  return PyModuleDef_Init(&definition);
}
