// The count is atomic; the step down orders what was done before the last one.
#include <Python.h>
#include <stdatomic.h>
#include <stdlib.h>

typedef struct {
  atomic_int refs;
  double value;
} Shared;

typedef struct {
  PyObject_HEAD
  Shared *shared;
} Cell;

static Shared *shared_ref(Shared *shared) {
  atomic_fetch_add_explicit(&shared->refs, 1, memory_order_relaxed);
  return shared;
}

static void shared_unref(Shared *shared) {
  if (atomic_fetch_sub_explicit(&shared->refs, 1, memory_order_acq_rel) == 1) {
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
  atomic_init(&self->shared->refs, 1);
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
    .tp_name = "good.Cell",
    .tp_basicsize = sizeof(Cell),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = cell_new,
    .tp_dealloc = cell_dealloc,
    .tp_methods = cell_methods,
};

static int add_types(PyObject *module) {
  return PyModule_AddType(module, &Cell_Type);
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, add_types},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef moduledef = {
    PyModuleDef_HEAD_INIT,
    .m_name = "own_reference_count_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_own_reference_count_good(void) {
  return PyModuleDef_Init(&moduledef);
}
