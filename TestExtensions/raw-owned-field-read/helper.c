// The field is read by an accessor function, and cleared by 'close'.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject_HEAD
  PyObject *stream;  // expect: raw-owned-field-read
} Reader;

static void reader_dealloc(PyObject *object) {
  Reader *self = (Reader *)object;
  PyTypeObject *type = Py_TYPE(object);
  Py_XDECREF(self->stream);
  type->tp_free(object);
  Py_DECREF(type);
}

static PyObject *reader_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  PyObject *stream;
  if (!PyArg_ParseTuple(args, "O", &stream)) {
    return NULL;
  }
  Reader *self = (Reader *)type->tp_alloc(type, 0);
  if (self != NULL) {
    self->stream = Py_NewRef(stream);
  }
  return (PyObject *)self;
}

static PyObject *open_stream(Reader *self) {
  if (self->stream == NULL) {
    PyErr_SetString(PyExc_ValueError, "the reader is closed");
  }
  return self->stream;
}

static PyObject *reader_read(PyObject *op, PyObject *size) {
  PyObject *stream = open_stream((Reader *)op);
  return stream == NULL ? NULL : PyObject_CallMethod(stream, "read", "O", size);
}

static PyObject *reader_close(PyObject *op, PyObject *unused) {
  Reader *self = (Reader *)op;
  Py_BEGIN_CRITICAL_SECTION(self);
  Py_CLEAR(self->stream);
  Py_END_CRITICAL_SECTION();
  Py_RETURN_NONE;
}

static PyMethodDef reader_methods[] = {
    {"read", reader_read, METH_O, NULL},
    {"close", reader_close, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot reader_slots[] = {
    {Py_tp_new, reader_new},
    {Py_tp_dealloc, reader_dealloc},
    {Py_tp_methods, reader_methods},
    {0, NULL},
};

static PyType_Spec reader_spec = {
    .name = "helper.Reader",
    .basicsize = sizeof(Reader),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = reader_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&reader_spec);
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
    .m_name = "raw_owned_field_read_helper",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_raw_owned_field_read_helper(void) {
  return PyModuleDef_Init(&definition);
}
