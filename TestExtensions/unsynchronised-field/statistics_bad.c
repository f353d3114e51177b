// A number that is only shown: lost updates make it wrong, and nothing else: a medium finding.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  unsigned long call_count;  // expect: unsynchronised-field
  long base;
} Hasher;

static PyObject *hasher_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  long base = 31;
  if (!PyArg_ParseTuple(args, "|l:Hasher", &base)) {
    return NULL;
  }
  Hasher *self = (Hasher *)type->tp_alloc(type, 0);
  if (self != NULL) {
    self->base = base;
  }
  return (PyObject *)self;
}

static void hasher_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *hasher_call(PyObject *op, PyObject *args, PyObject *kwargs) {
  Hasher *self = (Hasher *)op;
  const char *text;
  Py_ssize_t size;
  if (!PyArg_ParseTuple(args, "y#", &text, &size)) {
    return NULL;
  }
  self->call_count++;
  unsigned long hash = 0;
  for (Py_ssize_t i = 0; i < size; i++) {
    hash = hash * (unsigned long)self->base + (unsigned char)text[i];
  }
  return PyLong_FromUnsignedLong(hash);
}

static PyObject *hasher_get_call_count(Hasher *self, void *closure) {
  return PyLong_FromUnsignedLong(self->call_count);
}

static PyGetSetDef hasher_getset[] = {
    {"call_count", (getter)hasher_get_call_count, NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot hasher_slots[] = {
    {Py_tp_new, hasher_new},
    {Py_tp_dealloc, hasher_dealloc},
    {Py_tp_call, hasher_call},
    {Py_tp_getset, hasher_getset},
    {0, NULL},
};

static PyType_Spec hasher_spec = {
    .name = "statistics.Hasher",
    .basicsize = sizeof(Hasher),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = hasher_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&hasher_spec);
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
    .m_name = "unsynchronised_field_statistics_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unsynchronised_field_statistics_bad(void) {
  return PyModuleDef_Init(&definition);
}
