// The lock can fail, and says so by an error: the helper has nothing to release then.
#include <Python.h>
#include <pthread.h>

typedef struct {
  PyObject_HEAD
  pthread_rwlock_t lock;
  long value;
} Cell;

static int cell_lock(Cell *self) {
  int error = pthread_rwlock_wrlock(&self->lock);
  if (error != 0) {
    PyErr_Format(PyExc_RuntimeError, "cannot lock: %d", error);
    return -1;
  }
  return 0;
}

static PyObject *cell_take(PyObject *op, PyObject *unused) {
  Cell *self = (Cell *)op;
  if (cell_lock(self) != 0) {
    return NULL;
  }
  if (self->value == 0) {
    pthread_rwlock_unlock(&self->lock);
    Py_RETURN_NONE;
  }
  long value = self->value--;
  pthread_rwlock_unlock(&self->lock);
  return PyLong_FromLong(value);
}

static PyObject *cell_new(PyTypeObject *type, PyObject *args, PyObject *keywords) {
  Cell *self = (Cell *)type->tp_alloc(type, 0);
  if (self != NULL) {
    pthread_rwlock_init(&self->lock, NULL);
    self->value = 3;
  }
  return (PyObject *)self;
}

static PyMethodDef cell_methods[] = {
    {"take", cell_take, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot cell_slots[] = {
    {Py_tp_new, cell_new},
    {Py_tp_methods, cell_methods},
    {0, NULL},
};

static PyType_Spec cell_spec = {
    .name = "reported_good.Cell",
    .basicsize = sizeof(Cell),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = cell_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&cell_spec);
  if (type == NULL) {
    return -1;
  }
  int result = PyModule_AddType(module, (PyTypeObject *)type);
  Py_DECREF(type);
  return result;
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
    .m_name = "unbalanced_lock_reported_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unbalanced_lock_reported_good(void) {
  return PyModuleDef_Init(&definition);
}
