// One method grows the memory while another copies out of it.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  char *data;  // expect: resizable-buffer
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
  if (PyBytes_AsStringAndSize(arg, &text, &size) < 0) {
    return NULL;
  }
  if (self->length + size > self->allocated) {
    Py_ssize_t wanted = (self->length + size) * 2;
    char *grown = PyMem_Realloc(self->data, (size_t)wanted);
    if (grown == NULL) {
      return PyErr_NoMemory();
    }
    self->data = grown;
    self->allocated = wanted;
  }
  memcpy(self->data + self->length, text, (size_t)size);
  self->length += size;
  Py_RETURN_NONE;
}

static PyObject *builder_getvalue(Builder *self, PyObject *unused) {
  return PyBytes_FromStringAndSize(self->data, self->length);
}

static Py_ssize_t builder_length(PyObject *op) {
  return ((Builder *)op)->length;
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
    .name = "bad.Builder",
    .basicsize = sizeof(Builder),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = builder_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&builder_spec);
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
    .m_name = "resizable_buffer_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_resizable_buffer_bad(void) {
  return PyModuleDef_Init(&definition);
}
