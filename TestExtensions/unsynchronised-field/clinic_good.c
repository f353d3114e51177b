// The form that Argument Clinic writes: the wrapper locks, the implementation does the work.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject_HEAD
  unsigned long crc;
  unsigned long long total;
} Digest;

static void digest_update_impl(Digest *self, const unsigned char *bytes, Py_ssize_t size) {
  unsigned long crc = self->crc;
  for (Py_ssize_t i = 0; i < size; i++) {
    crc = (crc << 5 ^ crc >> 27 ^ bytes[i]) & 0xFFFFFFFFul;
  }
  self->crc = crc;
  self->total += (unsigned long long)size;
}

static PyObject *digest_value_impl(Digest *self) {
  return Py_BuildValue("(kK)", self->crc, self->total);
}

static PyObject *digest_copy_impl(Digest *self) {
  Digest *copy = (Digest *)Py_TYPE(self)->tp_alloc(Py_TYPE(self), 0);
  if (copy != NULL) {
    copy->crc = self->crc;
    copy->total = self->total;
  }
  return (PyObject *)copy;
}

static PyObject *digest_reset_impl(Digest *self) {
  self->crc = 0;
  self->total = 0;
  Py_RETURN_NONE;
}

static void digest_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *digest_update(PyObject *self, PyObject *arg) {
  char *bytes;
  Py_ssize_t size;
  if (PyBytes_AsStringAndSize(arg, &bytes, &size) < 0) {
    return NULL;
  }
  Py_BEGIN_CRITICAL_SECTION(self);
  digest_update_impl((Digest *)self, (const unsigned char *)bytes, size);
  Py_END_CRITICAL_SECTION();
  Py_RETURN_NONE;
}

#define LOCKED_METHOD(name)                                         \
  static PyObject *digest_##name(PyObject *self, PyObject *ignored) { \
    PyObject *return_value = NULL;                                  \
    Py_BEGIN_CRITICAL_SECTION(self);                                \
    return_value = digest_##name##_impl((Digest *)self);            \
    Py_END_CRITICAL_SECTION();                                      \
    return return_value;                                            \
  }

LOCKED_METHOD(value)
LOCKED_METHOD(copy)
LOCKED_METHOD(reset)

static PyMethodDef digest_methods[] = {
    {"update", (PyCFunction)digest_update, METH_O, NULL},
    {"value", (PyCFunction)digest_value, METH_NOARGS, NULL},
    {"copy", (PyCFunction)digest_copy, METH_NOARGS, NULL},
    {"reset", (PyCFunction)digest_reset, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot digest_slots[] = {
    {Py_tp_dealloc, digest_dealloc},
    {Py_tp_methods, digest_methods},
    {0, NULL},
};

static PyType_Spec digest_spec = {
    .name = "clinic.Digest",
    .basicsize = sizeof(Digest),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = digest_slots,
};

static int add_types(PyObject *module) {
  PyObject *type = PyType_FromSpec(&digest_spec);
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
    .m_name = "unsynchronised_field_clinic_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unsynchronised_field_clinic_good(void) {
  return PyModuleDef_Init(&moduledef);
}
