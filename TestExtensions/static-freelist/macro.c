// The freelist is declared, taken from and put back to by macros.
#include <Python.h>

#define FREELIST(type, name, size) static type *name##_list[size]; static int name##_count
#define POP(name) (name##_count > 0 ? name##_list[--name##_count] : NULL)
#define PUSH(name, size, object) \
  (name##_count < (size) ? (name##_list[name##_count++] = (object), 1) : 0)

typedef struct cell {
  PyObject_HEAD
  struct cell *next;
} Cell;

FREELIST(Cell, cell, 16);  // expect: static-freelist

static PyObject *cell_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  Cell *cell = POP(cell);
  if (cell != NULL) {
    return PyObject_Init((PyObject *)cell, type);
  }
  return type->tp_alloc(type, 0);
}

static void cell_dealloc(PyObject *self) {
  if (PUSH(cell, 16, (Cell *)self)) {
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
    .m_name = "static_freelist_macro",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_freelist_macro(void) {
  return PyModuleDef_Init(&definition);
}
