// It looks lazy, but only tp_new and the copier call it, on objects that nobody else has.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  unsigned char key[16];
  unsigned char *schedule;
} Cipher;

static int need_schedule(Cipher *self) {
  if (self->schedule == NULL) {
    self->schedule = PyMem_Malloc(256);
    if (self->schedule == NULL) {
      PyErr_NoMemory();
      return -1;
    }
    for (int i = 0; i < 256; i++) {
      self->schedule[i] = (unsigned char)(self->key[i % 16] * 7 + i);
    }
  }
  return 0;
}

static Cipher *cipher_make(PyTypeObject *type, const unsigned char *key) {
  Cipher *cipher = (Cipher *)type->tp_alloc(type, 0);
  if (cipher == NULL) {
    return NULL;
  }
  memcpy(cipher->key, key, sizeof(cipher->key));
  if (need_schedule(cipher) < 0) {
    Py_CLEAR(cipher);
  }
  return cipher;
}

static PyObject *cipher_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  const char *key;
  Py_ssize_t size;
  if (!PyArg_ParseTuple(args, "y#:Cipher", &key, &size)) {
    return NULL;
  }
  if (size != 16) {
    PyErr_SetString(PyExc_ValueError, "a key of 16 bytes");
    return NULL;
  }
  return (PyObject *)cipher_make(type, (const unsigned char *)key);
}

static void cipher_dealloc(PyObject *op) {
  Cipher *self = (Cipher *)op;
  PyTypeObject *type = Py_TYPE(op);
  PyMem_Free(self->schedule);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *cipher_copy(Cipher *self, PyObject *unused) {
  return (PyObject *)cipher_make(Py_TYPE(self), self->key);
}

static PyObject *cipher_byte(Cipher *self, PyObject *arg) {
  long value = PyLong_AsLong(arg);
  if (value == -1 && PyErr_Occurred()) {
    return NULL;
  }
  if (self->schedule == NULL) {
    PyErr_SetString(PyExc_RuntimeError, "no key");
    return NULL;
  }
  return PyLong_FromLong((unsigned char)value ^ self->schedule[(unsigned char)value]);
}

static PyMethodDef cipher_methods[] = {
    {"copy", (PyCFunction)cipher_copy, METH_NOARGS, NULL},
    {"byte", (PyCFunction)cipher_byte, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot cipher_slots[] = {
    {Py_tp_new, cipher_new},
    {Py_tp_dealloc, cipher_dealloc},
    {Py_tp_methods, cipher_methods},
    {0, NULL},
};

static PyType_Spec cipher_spec = {
    .name = "eager.Cipher",
    .basicsize = sizeof(Cipher),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = cipher_slots,
};

static int add_types(PyObject *module) {
  PyObject *type = PyType_FromSpec(&cipher_spec);
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef moduledef = {
    PyModuleDef_HEAD_INIT,
    .m_name = "lazily_cached_field_eager_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lazily_cached_field_eager_good(void) {
  return PyModuleDef_Init(&moduledef);
}
