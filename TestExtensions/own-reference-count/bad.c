// Two objects share a node, each on its own thread: its count is a plain integer.
#include <Python.h>
#include <stdlib.h>

typedef struct {
  int refs;  // expect: own-reference-count
  double value;
} Shared;

typedef struct {
  PyObject_HEAD
  Shared *shared;
} Cell;

static PyTypeObject Cell_Type;

static Shared *shared_ref(Shared *shared) {
  shared->refs++;
  return shared;
}

static void shared_unref(Shared *shared) {
  if (--shared->refs == 0) {
    free(shared);
  }
}

static PyObject *cell_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  double value = 0.0;
  if (!PyArg_ParseTuple(args, "|d:Cell", &value)) {
    return NULL;
  }
  Cell *self = (Cell *)type->tp_alloc(type, 0);
  if (self == NULL) {
    return NULL;
  }
  self->shared = malloc(sizeof(Shared));
  if (self->shared == NULL) {
    Py_DECREF(self);
    return PyErr_NoMemory();
  }
  self->shared->refs = 1;
  self->shared->value = value;
  return (PyObject *)self;
}

static void cell_dealloc(PyObject *op) {
  Cell *self = (Cell *)op;
  if (self->shared != NULL) {
    shared_unref(self->shared);
  }
  Py_TYPE(op)->tp_free(op);
}

static PyObject *cell_copy(Cell *self, PyObject *unused) {
  Cell *copy = (Cell *)Py_TYPE(self)->tp_alloc(Py_TYPE(self), 0);
  if (copy != NULL) {
    copy->shared = shared_ref(self->shared);
  }
  return (PyObject *)copy;
}

static PyObject *cell_value(Cell *self, PyObject *unused) {
  return PyFloat_FromDouble(self->shared->value);
}

static PyMethodDef cell_methods[] = {
    {"copy", (PyCFunction)cell_copy, METH_NOARGS, NULL},
    {"value", (PyCFunction)cell_value, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject Cell_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "bad.Cell",
    .tp_basicsize = sizeof(Cell),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = cell_new,
    .tp_dealloc = cell_dealloc,
    .tp_methods = cell_methods,
};

static int module_exec(PyObject *module) {
  return PyModule_AddType(module, &Cell_Type);
}

static PyModuleDef_Slot module_slots[] = {
    {Py_mod_exec, module_exec},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "own_reference_count_bad",
    .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_own_reference_count_bad(void) {
  return PyModuleDef_Init(&module_def);
}
