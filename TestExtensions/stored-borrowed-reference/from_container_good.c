// What is stored are new references, though the variables held borrowed ones before.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  PyObject *first;
  PyObject *option;
  PyObject *rest;
} Record;

static PyObject *record_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  Record *self = (Record *)type->tp_alloc(type, 0);
  if (self == NULL) {
    return NULL;
  }
  PyObject *value = PyTuple_GET_SIZE(args) > 0 ? PyTuple_GET_ITEM(args, 0) : Py_None;
  value = PyObject_Str(value);
  if (value == NULL) {
    goto error;
  }
  self->first = value;
  value = kwargs == NULL ? NULL : PyDict_GetItemString(kwargs, "option");
  Py_XINCREF(value);
  self->option = value;
  if ((self->rest = PyTuple_GetSlice(args, 1, PY_SSIZE_T_MAX)) == NULL) {
    goto error;
  }
  return (PyObject *)self;
error:
  Py_DECREF(self);
  return NULL;
}

static void record_dealloc(PyObject *object) {
  Record *self = (Record *)object;
  PyTypeObject *type = Py_TYPE(object);
  Py_XDECREF(self->first);
  Py_XDECREF(self->option);
  Py_XDECREF(self->rest);
  type->tp_free(object);
  Py_DECREF(type);
}

static PyObject *record_pair(PyObject *op, PyObject *unused) {
  Record *self = (Record *)op;
  return Py_BuildValue("OO", self->first, self->rest);
}

static PyMethodDef record_methods[] = {
    {"pair", record_pair, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot record_slots[] = {
    {Py_tp_new, record_new},
    {Py_tp_dealloc, record_dealloc},
    {Py_tp_methods, record_methods},
    {0, NULL},
};

static PyType_Spec record_spec = {
    .name = "container.Record",
    .basicsize = sizeof(Record),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = record_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&record_spec);
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
    .m_name = "stored_borrowed_reference_from_container_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_stored_borrowed_reference_from_container_good(void) {
  return PyModuleDef_Init(&definition);
}
