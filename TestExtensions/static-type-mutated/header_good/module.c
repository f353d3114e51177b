// The function of the header that completes the type is for the exec function.
#include <Python.h>
#include "marker.h"

static int exec_module(PyObject *module) {
  PyTypeObject *type = marker_type();
  return type == NULL ? -1 : PyModule_AddType(module, type);
}

static PyObject *mark(PyObject *module, PyObject *unused) {
  return PyType_GenericAlloc(&Marker_Type, 0);
}

static PyMethodDef methods[] = {
    {"mark", mark, METH_NOARGS, NULL},
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
    .m_name = "static_type_mutated_header_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_type_mutated_header_good(void) {
  return PyModuleDef_Init(&definition);
}
