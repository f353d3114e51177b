// The function that the initialiser calls is in another file.
#include <Python.h>

PyObject *cxx_two_files_load();

static PyObject *pi(PyObject *, PyObject *) {
  static PyObject *value = cxx_two_files_load();  // expect: magic-static-deadlock
  return Py_XNewRef(value);
}

static PyMethodDef methods[] = {
    {"pi", pi, METH_NOARGS, nullptr},
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
    "magic_static_deadlock_cxx_two_files",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_magic_static_deadlock_cxx_two_files() {
  return PyModuleDef_Init(&definition);
}
