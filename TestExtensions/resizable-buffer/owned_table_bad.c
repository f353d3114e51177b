// A hash table behind a field: the rehash frees the old entries under those who look up.
#include <Python.h>

typedef struct {
  long key;
  long value;
  int used;
} Entry;

typedef struct {
  size_t mask;
  size_t used;
  Entry *entries;
} Table;

typedef struct {
  PyObject_HEAD
  Table *table;  // expect: resizable-buffer
} LongMap;

static Entry *find(Entry *entries, size_t mask, long key) {
  size_t i = (size_t)key * 2654435761u;
  while (entries[i & mask].used && entries[i & mask].key != key) {
    i++;
  }
  return &entries[i & mask];
}

static int table_rehash(Table *table) {
  size_t mask = table->mask * 2 + 1;
  Entry *entries = PyMem_Calloc(mask + 1, sizeof(Entry));
  if (entries == NULL) {
    PyErr_NoMemory();
    return -1;
  }
  for (size_t i = 0; i <= table->mask; i++) {
    if (table->entries[i].used) {
      *find(entries, mask, table->entries[i].key) = table->entries[i];
    }
  }
  PyMem_Free(table->entries);
  table->entries = entries;
  table->mask = mask;
  return 0;
}

static void table_free(Table *table) {
  if (table != NULL) {
    PyMem_Free(table->entries);
    PyMem_Free(table);
  }
}

static PyObject *longmap_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  LongMap *self = (LongMap *)type->tp_alloc(type, 0);
  if (self == NULL) {
    return NULL;
  }
  self->table = PyMem_Calloc(1, sizeof(Table));
  if (self->table != NULL) {
    self->table->mask = 7;
    self->table->entries = PyMem_Calloc(8, sizeof(Entry));
  }
  if (self->table == NULL || self->table->entries == NULL) {
    Py_DECREF(self);
    return PyErr_NoMemory();
  }
  return (PyObject *)self;
}

static void longmap_dealloc(PyObject *op) {
  LongMap *self = (LongMap *)op;
  PyTypeObject *type = Py_TYPE(op);
  table_free(self->table);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *longmap_put(LongMap *self, PyObject *args) {
  long key, value;
  if (!PyArg_ParseTuple(args, "ll:put", &key, &value)) {
    return NULL;
  }
  Table *table = self->table;
  if (table->used * 2 > table->mask && table_rehash(table) < 0) {
    return NULL;
  }
  Entry *entry = find(table->entries, table->mask, key);
  if (!entry->used) {
    entry->used = 1;
    entry->key = key;
    table->used++;
  }
  entry->value = value;
  Py_RETURN_NONE;
}

static PyObject *longmap_get(LongMap *self, PyObject *arg) {
  long key = PyLong_AsLong(arg);
  if (key == -1 && PyErr_Occurred()) {
    return NULL;
  }
  const Entry *entry = find(self->table->entries, self->table->mask, key);
  if (!entry->used) {
    Py_RETURN_NONE;
  }
  return PyLong_FromLong(entry->value);
}

static PyMethodDef longmap_methods[] = {
    {"put", (PyCFunction)longmap_put, METH_VARARGS, NULL},
    {"get", (PyCFunction)longmap_get, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot longmap_slots[] = {
    {Py_tp_new, longmap_new},
    {Py_tp_dealloc, longmap_dealloc},
    {Py_tp_methods, longmap_methods},
    {0, NULL},
};

static PyType_Spec longmap_spec = {
    .name = "owned_table.LongMap",
    .basicsize = sizeof(LongMap),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = longmap_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&longmap_spec);
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "resizable_buffer_owned_table_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_resizable_buffer_owned_table_bad(void) {
  return PyModuleDef_Init(&definition);
}
