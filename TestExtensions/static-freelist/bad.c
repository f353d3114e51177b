// Dead objects are kept for the next allocation. Two threads can take the same one from the
// list.
#include <Python.h>

#define MAXIMUM 16

typedef struct {
  PyObject_HEAD
  double value;
} Cell;

static Cell *free_cells[MAXIMUM];  // expect: static-freelist
static int free_count;

static PyObject *cell_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  if (free_count > 0) {
    return PyObject_Init((PyObject *)free_cells[--free_count], type);
  }
  return type->tp_alloc(type, 0);
}

static void cell_dealloc(PyObject *self) {
  if (free_count < MAXIMUM) {
    free_cells[free_count++] = (Cell *)self;
    return;
  }
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "static_freelist_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_freelist_bad(void) {
  return PyModuleDef_Init(&definition);
}
