// Only tp_clear walks through the dict: then no thread can reach the object.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  PyObject *data;
} Record;

static PyObject *record_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  Record *self = (Record *)type->tp_alloc(type, 0);
  if (self != NULL && (self->data = PyDict_New()) == NULL) {
    Py_CLEAR(self);
  }
  return (PyObject *)self;
}

static int record_traverse(PyObject *op, visitproc visit, void *arg) {
  Py_VISIT(Py_TYPE(op));
  Py_VISIT(((Record *)op)->data);
  return 0;
}

static int record_clear(PyObject *op) {
  Record *self = (Record *)op;
  Py_ssize_t position = 0;
  PyObject *key, *value;
  while (self->data != NULL && PyDict_Next(self->data, &position, &key, &value)) {
    if (PyDict_SetItem(self->data, key, Py_None) < 0) {
      return -1;
    }
  }
  Py_CLEAR(self->data);
  return 0;
}

static void record_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  PyObject_GC_UnTrack(op);
  if (record_clear(op) < 0) {
    PyErr_WriteUnraisable(NULL);
  }
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *record_set(PyObject *op, PyObject *args) {
  PyObject *key, *value;
  if (!PyArg_ParseTuple(args, "UO", &key, &value)) {
    return NULL;
  }
  int result = PyDict_SetItem(((Record *)op)->data, key, value);
  return result < 0 ? NULL : Py_NewRef(Py_None);
}

static PyMethodDef record_methods[] = {
    {"set", record_set, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot record_slots[] = {
    {Py_tp_new, record_new},
    {Py_tp_traverse, record_traverse},
    {Py_tp_clear, record_clear},
    {Py_tp_dealloc, record_dealloc},
    {Py_tp_methods, record_methods},
    {0, NULL},
};

static PyType_Spec record_spec = {
    .name = "clear.Record",
    .basicsize = sizeof(Record),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
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
    .m_name = "unlocked_dict_iteration_clear_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unlocked_dict_iteration_clear_good(void) {
  return PyModuleDef_Init(&definition);
}
