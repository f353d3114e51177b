// The plain read before the lock can see the pointer before what it points to.
#include <Python.h>
#include <stdlib.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef int PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

typedef struct {
  PyObject_HEAD
  PyMutex mutex;
  unsigned int polynomial;
  unsigned int *table;  // expect: lazily-cached-field
} Checksum;

static unsigned int *make_table(unsigned int polynomial) {
  unsigned int *table = calloc(256, sizeof(*table));
  for (unsigned int i = 0; table != NULL && i < 256; i++) {
    unsigned int word = i;
    for (int bit = 0; bit < 8; bit++) {
      word = word & 1 ? word >> 1 ^ polynomial : word >> 1;
    }
    table[i] = word;
  }
  return table;
}

static PyObject *checksum_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  unsigned int polynomial = 0xEDB88320u;
  if (!PyArg_ParseTuple(args, "|I:Checksum", &polynomial)) {
    return NULL;
  }
  Checksum *self = (Checksum *)type->tp_alloc(type, 0);
  if (self != NULL) {
    self->polynomial = polynomial;
  }
  return (PyObject *)self;
}

static void checksum_dealloc(PyObject *op) {
  Checksum *self = (Checksum *)op;
  PyTypeObject *type = Py_TYPE(op);
  free(self->table);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *checksum_of(Checksum *self, PyObject *bytes) {
  char *text;
  Py_ssize_t size;
  if (PyBytes_AsStringAndSize(bytes, &text, &size) < 0) {
    return NULL;
  }
  if (self->table == NULL) {
    PyMutex_Lock(&self->mutex);
    if (self->table == NULL) {
      self->table = make_table(self->polynomial);
    }
    PyMutex_Unlock(&self->mutex);
    if (self->table == NULL) {
      return PyErr_NoMemory();
    }
  }
  unsigned int word = ~0u;
  while (size-- > 0) {
    word = self->table[(word ^ (unsigned char)*text++) & 0xFF] ^ word >> 8;
  }
  return PyLong_FromUnsignedLong(~word);
}

static PyMethodDef checksum_methods[] = {
    {"of", (PyCFunction)checksum_of, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot checksum_slots[] = {
    {Py_tp_new, checksum_new},
    {Py_tp_dealloc, checksum_dealloc},
    {Py_tp_methods, checksum_methods},
    {0, NULL},
};

static PyType_Spec checksum_spec = {
    .name = "double_checked.Checksum",
    .basicsize = sizeof(Checksum),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = checksum_slots,
};

static int add_types(PyObject *module) {
  PyObject *type = PyType_FromSpec(&checksum_spec);
  if (type == NULL) {
    return -1;
  }
  int result = PyModule_AddType(module, (PyTypeObject *)type);
  Py_DECREF(type);
  return result;
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, add_types},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef moduledef = {
    PyModuleDef_HEAD_INIT,
    .m_name = "lazily_cached_field_double_checked_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lazily_cached_field_double_checked_bad(void) {
  return PyModuleDef_Init(&moduledef);
}
