// The variable, its setter and its reader are in a header.
#include <Python.h>
#include "hook.h"

static PyObject *set_hook(PyObject *module, PyObject *function) {
  replace_hook(function == Py_None ? NULL : function);
  Py_RETURN_NONE;
}

static PyObject *run(PyObject *module, PyObject *argument) {
  return call_hook(argument);
}

static PyMethodDef methods[] = {
    {"set_hook", set_hook, METH_O, NULL},
    {"run", run, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "mutable_static_object_header",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_mutable_static_object_header(void) {
  return PyModuleDef_Init(&definition);
}
