// The lock is held while a cell is put back, but not while one is taken.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef char PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

typedef struct cell {
  PyObject_HEAD
  struct cell *next;
} Cell;

static PyMutex lock;
static Cell *free_cells;  // expect: static-freelist
static int free_count;

static PyObject *cell_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  if (free_cells != NULL) {
    Cell *cell = free_cells;
    free_cells = cell->next;
    free_count--;
    return PyObject_Init((PyObject *)cell, type);
  }
  return type->tp_alloc(type, 0);
}

static void cell_dealloc(PyObject *self) {
  PyMutex_Lock(&lock);
  int kept = free_count < 32;
  if (kept) {
    ((Cell *)self)->next = free_cells;
    free_cells = (Cell *)self;
    free_count++;
  }
  PyMutex_Unlock(&lock);
  if (kept) {
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
    .m_name = "static_freelist_one_side_locked",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_freelist_one_side_locked(void) {
  return PyModuleDef_Init(&definition);
}
