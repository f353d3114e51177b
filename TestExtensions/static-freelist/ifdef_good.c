// The size of the freelist is zero on a free-threaded build, and nothing of it is compiled.
#include <Python.h>

#ifdef Py_GIL_DISABLED
#define MAXFREE 0
#else
#define MAXFREE 8
#endif

typedef struct cell {
  PyObject_HEAD
  struct cell *next;
} Cell;

#if MAXFREE > 0
static Cell *free_cells[8];
static int free_count;
#endif

static PyObject *cell_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
#if MAXFREE > 0
  if (free_count > 0) {
    return PyObject_Init((PyObject *)free_cells[--free_count], type);
  }
#endif
  return type->tp_alloc(type, 0);
}

static void cell_dealloc(PyObject *self) {
#if MAXFREE > 0
  if (free_count < 8) {
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
    .m_name = "static_freelist_ifdef_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_freelist_ifdef_good(void) {
  return PyModuleDef_Init(&definition);
}
