// The helper that empties the object is called by tp_dealloc, and by 'close' with the lock.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject_HEAD
  PyObject *stream;
} Reader;

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

static void reader_release(Reader *self) {
  Py_CLEAR(self->stream);
}

static void reader_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  reader_release((Reader *)op);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *reader_close(PyObject *op, PyObject *unused) {
  Py_BEGIN_CRITICAL_SECTION(op);
  reader_release((Reader *)op);
  Py_END_CRITICAL_SECTION();
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "racy_field_replacement_helper_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_racy_field_replacement_helper_good(void) {
  return PyModuleDef_Init(&definition);
}
