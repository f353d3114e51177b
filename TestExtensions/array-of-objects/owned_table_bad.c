// Buckets in a record that the object owns; the writers hold its mutex, the reader does not.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef int PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

#define BUCKETS 32

struct bucket {
  PyObject *keys[BUCKETS];
  int filled;
};

typedef struct {
  PyObject_HEAD
  PyMutex mutex;
  struct bucket *bucket;  // expect: array-of-objects
} Bag;

static PyObject *bag_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  Bag *self = (Bag *)type->tp_alloc(type, 0);
  if (self == NULL) {
    return NULL;
  }
  self->bucket = PyMem_Calloc(1, sizeof(struct bucket));
  if (self->bucket == NULL) {
    Py_DECREF(self);
    return PyErr_NoMemory();
  }
  return (PyObject *)self;
}

static void bag_dealloc(PyObject *op) {
  Bag *self = (Bag *)op;
  for (int i = 0; self->bucket != NULL && i < self->bucket->filled; i++) {
    Py_DECREF(self->bucket->keys[i]);
  }
  PyMem_Free(self->bucket);
  Py_TYPE(op)->tp_free(op);
}

static PyObject *bag_put(Bag *self, PyObject *key) {
  int full = 1;
  Py_INCREF(key);
  PyMutex_Lock(&self->mutex);
  if (self->bucket->filled < BUCKETS) {
    self->bucket->keys[self->bucket->filled++] = key;
    full = 0;
  }
  PyMutex_Unlock(&self->mutex);
  if (full) {
    Py_DECREF(key);
    PyErr_SetString(PyExc_OverflowError, "the bag is full");
    return NULL;
  }
  Py_RETURN_NONE;
}

static PyObject *bag_draw(Bag *self, PyObject *unused) {
  PyObject *key = NULL;
  PyMutex_Lock(&self->mutex);
  if (self->bucket->filled > 0) {
    key = self->bucket->keys[--self->bucket->filled];
  }
  PyMutex_Unlock(&self->mutex);
  return key != NULL ? key : Py_NewRef(Py_None);
}

static int bag_contains(PyObject *op, PyObject *wanted) {
  const struct bucket *bucket = ((Bag *)op)->bucket;
  for (int i = 0; i < bucket->filled; i++) {
    int equal = PyObject_RichCompareBool(bucket->keys[i], wanted, Py_EQ);
    if (equal != 0) {
      return equal;
    }
  }
  return 0;
}

static PyMethodDef bag_methods[] = {
    {"put", (PyCFunction)bag_put, METH_O, NULL},
    {"draw", (PyCFunction)bag_draw, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PySequenceMethods bag_as_sequence = {
    .sq_contains = bag_contains,
};

static PyTypeObject Bag_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "owned_table.Bag",
    .tp_basicsize = sizeof(Bag),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = bag_new,
    .tp_dealloc = bag_dealloc,
    .tp_methods = bag_methods,
    .tp_as_sequence = &bag_as_sequence,
};

static int exec_module(PyObject *module) {
  return PyModule_AddType(module, &Bag_Type);
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
    .m_name = "array_of_objects_owned_table_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_array_of_objects_owned_table_bad(void) {
  return PyModuleDef_Init(&definition);
}
