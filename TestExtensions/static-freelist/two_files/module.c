// The list is defined in spare.c, which puts back; this file takes.
#include <Python.h>
#include "cell.h"

static PyObject *cell_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  if (two_files_free_count > 0) {
    return PyObject_Init((PyObject *)two_files_free[--two_files_free_count], type);
  }
  return type->tp_alloc(type, 0);
}

static PyTypeObject Cell_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "cells.Cell",
    .tp_basicsize = sizeof(Cell),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = cell_new,
    .tp_dealloc = two_files_dealloc,
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
    .m_name = "static_freelist_two_files",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_freelist_two_files(void) {
  return PyModuleDef_Init(&definition);
}
