// The list and the functions that take and keep are in a header.
#include <Python.h>
#include "spare.h"

static PyObject *cell_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  Cell *spare = take_spare();
  return spare ? PyObject_Init((PyObject *)spare, type) : type->tp_alloc(type, 0);
}

static void cell_dealloc(PyObject *self) {
  keep_spare((Cell *)self);
}

static PyTypeObject Cell_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "cells.Cell",
    .tp_basicsize = sizeof(Cell),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = cell_new,
    .tp_dealloc = cell_dealloc,
};

static int exec_module(PyObject *module) {
  return PyModule_AddType(module, &Cell_Type);
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "static_freelist_header",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_freelist_header(void) {
  return PyModuleDef_Init(&definition);
}
