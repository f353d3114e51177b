// The type and the function that completes it are in a header.
#include <Python.h>
#include "marker.h"

static PyObject *mark(PyObject *module, PyObject *unused) {
  PyTypeObject *type = marker_type();
  return type == NULL ? NULL : PyType_GenericAlloc(type, 0);
}

static PyMethodDef methods[] = {
    {"mark", mark, METH_NOARGS, NULL},
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
    .m_name = "static_type_mutated_header",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_type_mutated_header(void) {
  return PyModuleDef_Init(&definition);
}
