// The static variable is in an inline function of a header, which two files include.
#include <Python.h>
#include "modules.h"

PyObject *cxx_header_upper(PyObject *text);

static PyObject *capitals(PyObject *, PyObject *) {
  PyObject *string = string_module();
  return string ? PyObject_GetAttrString(string, "ascii_uppercase") : nullptr;
}

static PyObject *capwords(PyObject *, PyObject *text) {
  return cxx_header_upper(text);
}

static PyMethodDef methods[] = {
    {"capitals", capitals, METH_NOARGS, nullptr},
    {"capwords", capwords, METH_O, nullptr},
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
    "magic_static_deadlock_cxx_header",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_magic_static_deadlock_cxx_header() {
  return PyModuleDef_Init(&definition);
}
