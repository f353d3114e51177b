// The module of bad.c; the field has a reference of its own.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  PyObject *codec;
} Writer;

static PyObject *writer_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  PyObject *codec;
  if (!PyArg_ParseTuple(args, "O", &codec)) {
    return NULL;
  }
  Writer *self = (Writer *)type->tp_alloc(type, 0);
  if (self != NULL) {
    self->codec = Py_NewRef(codec);
  }
  return (PyObject *)self;
}

static void writer_dealloc(PyObject *object) {
  Writer *self = (Writer *)object;
  PyTypeObject *type = Py_TYPE(object);
  Py_XDECREF(self->codec);
  type->tp_free(object);
  Py_DECREF(type);
}

static PyObject *writer_encode(PyObject *self, PyObject *text) {
  return PyObject_CallOneArg(((Writer *)self)->codec, text);
}

static PyMethodDef writer_methods[] = {
    {"encode", writer_encode, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot writer_slots[] = {
    {Py_tp_new, writer_new},
    {Py_tp_dealloc, writer_dealloc},
    {Py_tp_methods, writer_methods},
    {0, NULL},
};

static PyType_Spec writer_spec = {
    .name = "good.Writer",
    .basicsize = sizeof(Writer),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = writer_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&writer_spec);
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
    .m_name = "stored_borrowed_reference_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_stored_borrowed_reference_good(void) {
  return PyModuleDef_Init(&definition);
}
