// Growing, reading and measuring all hold the builder's critical section.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject_HEAD
  char *data;
  Py_ssize_t length;
  Py_ssize_t allocated;
} Builder;

static void builder_dealloc(PyObject *op) {
  Builder *self = (Builder *)op;
  PyTypeObject *type = Py_TYPE(op);
  PyMem_Free(self->data);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *builder_append(Builder *self, PyObject *arg) {
  char *text;
  Py_ssize_t size;
  int failed = 0;
  if (PyBytes_AsStringAndSize(arg, &text, &size) < 0) {
    return NULL;
  }
  Py_BEGIN_CRITICAL_SECTION(self);
  if (self->length + size > self->allocated) {
    Py_ssize_t wanted = (self->length + size) * 2;
    char *grown = PyMem_Realloc(self->data, (size_t)wanted);
    if (grown != NULL) {
      self->data = grown;
      self->allocated = wanted;
    } else {
      failed = 1;
    }
  }
  if (!failed) {
    memcpy(self->data + self->length, text, (size_t)size);
    self->length += size;
  }
  Py_END_CRITICAL_SECTION();
  if (failed) {
    return PyErr_NoMemory();
  }
  Py_RETURN_NONE;
}

static PyObject *builder_getvalue(Builder *self, PyObject *unused) {
  PyObject *value;
  Py_BEGIN_CRITICAL_SECTION(self);
  value = PyBytes_FromStringAndSize(self->data, self->length);
  Py_END_CRITICAL_SECTION();
  return value;
}

static Py_ssize_t builder_length(PyObject *op) {
  Py_ssize_t length;
  Py_BEGIN_CRITICAL_SECTION(op);
  length = ((Builder *)op)->length;
  Py_END_CRITICAL_SECTION();
  return length;
}

static PyMethodDef builder_methods[] = {
    {"append", (PyCFunction)builder_append, METH_O, NULL},
    {"getvalue", (PyCFunction)builder_getvalue, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot builder_slots[] = {
    {Py_tp_dealloc, builder_dealloc},
    {Py_tp_methods, builder_methods},
    {Py_sq_length, builder_length},
    {0, NULL},
};

static PyType_Spec builder_spec = {
    .name = "good.Builder",
    .basicsize = sizeof(Builder),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = builder_slots,
};

static int module_exec(PyObject *module) {
  PyObject *type = PyType_FromSpec(&builder_spec);
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "resizable_buffer_good",
    .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_resizable_buffer_good(void) {
  return PyModuleDef_Init(&module_def);
}
