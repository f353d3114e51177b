// The helper that empties the object is right for tp_dealloc and wrong for 'close'.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  PyObject *stream;  // expect: racy-field-replacement
  PyObject *buffer;  // expect: racy-field-replacement
} Reader;

static PyObject *reader_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  PyObject *stream;
  if (!PyArg_ParseTuple(args, "O", &stream)) {
    return NULL;
  }
  Reader *self = (Reader *)type->tp_alloc(type, 0);
  if (self != NULL) {
    self->stream = Py_NewRef(stream);
    self->buffer = PyBytes_FromStringAndSize(NULL, 4096);
  }
  return (PyObject *)self;
}

static void reader_release(Reader *self) {
  Py_CLEAR(self->stream);
  Py_CLEAR(self->buffer);
}

static void reader_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  reader_release((Reader *)op);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *reader_close(PyObject *op, PyObject *unused) {
  reader_release((Reader *)op);
  Py_RETURN_NONE;
}

static PyMethodDef reader_methods[] = {
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
    .m_name = "racy_field_replacement_helper",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_racy_field_replacement_helper(void) {
  return PyModuleDef_Init(&definition);
}
