// The accessor returns a reference of the caller's own, taken under the lock that its callers hold.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject_HEAD
  PyObject *stream;
} Reader;

static void reader_dealloc(PyObject *object) {
  Reader *self = (Reader *)object;
  PyTypeObject *type = Py_TYPE(object);
  Py_XDECREF(self->stream);
  type->tp_free(object);
  Py_DECREF(type);
}

static PyObject *stream_lock_held(Reader *self) {
  return Py_XNewRef(self->stream);
}

static PyObject *reader_read(PyObject *op, PyObject *size) {
  PyObject *stream;
  Py_BEGIN_CRITICAL_SECTION(op);
  stream = stream_lock_held((Reader *)op);
  Py_END_CRITICAL_SECTION();
  if (stream == NULL) {
    PyErr_SetString(PyExc_ValueError, "the reader is closed");
    return NULL;
  }
  PyObject *data = PyObject_CallMethod(stream, "read", "O", size);
  Py_DECREF(stream);
  return data;
}

static PyObject *reader_open(PyObject *op, PyObject *stream) {
  Reader *self = (Reader *)op;
  Py_BEGIN_CRITICAL_SECTION(self);
  Py_XSETREF(self->stream, Py_NewRef(stream));
  Py_END_CRITICAL_SECTION();
  Py_RETURN_NONE;
}

static PyMethodDef reader_methods[] = {
    {"read", reader_read, METH_O, NULL},
    {"open", reader_open, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot reader_slots[] = {
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "raw_owned_field_read_helper_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_raw_owned_field_read_helper_good(void) {
  return PyModuleDef_Init(&definition);
}
