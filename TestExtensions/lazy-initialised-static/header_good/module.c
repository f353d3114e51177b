// The header tests and fills the variable, but only the exec function asks it to.
#include <Python.h>
#include "cache.h"

static int exec_module(PyObject *module) {
  return load_re();
}

static PyObject *compile_pattern(PyObject *module, PyObject *text) {
  return PyObject_CallMethod(re, "compile", "O", text);
}

static PyMethodDef methods[] = {
    {"compile_pattern", compile_pattern, METH_O, NULL},
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
    .m_name = "lazy_initialised_static_header_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lazy_initialised_static_header_good(void) {
  return PyModuleDef_Init(&definition);
}
