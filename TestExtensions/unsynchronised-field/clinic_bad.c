// The wrappers lock, and one method calls an implementation without its wrapper.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject_HEAD
  unsigned long crc;  // expect: unsynchronised-field
} Digest;

static void digest_update_impl(Digest *self, const unsigned char *bytes, Py_ssize_t size) {
  unsigned long crc = self->crc;
  for (Py_ssize_t i = 0; i < size; i++) {
    crc = (crc << 5 ^ crc >> 27 ^ bytes[i]) & 0xFFFFFFFFul;
  }
  self->crc = crc;
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

static PyObject *digest_value(PyObject *self, PyObject *ignored) {
  unsigned long crc;
  Py_BEGIN_CRITICAL_SECTION(self);
  crc = ((Digest *)self)->crc;
  Py_END_CRITICAL_SECTION();
  return PyLong_FromUnsignedLong(crc);
}

static PyObject *digest_update_all(PyObject *self, PyObject *args) {
  for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(args); i++) {
    char *bytes;
    Py_ssize_t size;
    if (PyBytes_AsStringAndSize(PyTuple_GET_ITEM(args, i), &bytes, &size) < 0) {
      return NULL;
    }
    digest_update_impl((Digest *)self, (const unsigned char *)bytes, size);
  }
  Py_RETURN_NONE;
}

static PyMethodDef digest_methods[] = {
    {"update", (PyCFunction)digest_update, METH_O, NULL},
    {"value", (PyCFunction)digest_value, METH_NOARGS, NULL},
    {"update_all", (PyCFunction)digest_update_all, METH_VARARGS, NULL},
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

static int module_exec(PyObject *module) {
  PyObject *type = PyType_FromSpec(&digest_spec);
  if (type == NULL) {
    return -1;
  }
  int result = PyModule_AddType(module, (PyTypeObject *)type);
  Py_DECREF(type);
  return result;
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
    .m_name = "unsynchronised_field_clinic_bad",
    .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_unsynchronised_field_clinic_bad(void) {
  return PyModuleDef_Init(&module_def);
}
