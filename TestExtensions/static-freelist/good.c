// The module of bad.c; on a free-threaded build there is no freelist.
#include <Python.h>

#define MAXIMUM 16

typedef struct {
  PyObject_HEAD
  double value;
} Cell;

#ifndef Py_GIL_DISABLED
static Cell *free_cells[MAXIMUM];
static int free_count;
#endif

static PyObject *cell_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
#ifndef Py_GIL_DISABLED
  if (free_count > 0) {
    return PyObject_Init((PyObject *)free_cells[--free_count], type);
  }
#endif
  return type->tp_alloc(type, 0);
}

static void cell_dealloc(PyObject *self) {
#ifndef Py_GIL_DISABLED
  if (free_count < MAXIMUM) {
    free_cells[free_count++] = (Cell *)self;
    return;
  }
#endif
  Py_TYPE(self)->tp_free(self);
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "static_freelist_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_freelist_good(void) {
  return PyModuleDef_Init(&definition);
}
