// The field is set by tp_init alone. That '__init__' can be called again is another rule's matter.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  PyObject *key;
} Sorter;

static void sorter_dealloc(PyObject *object) {
  Sorter *self = (Sorter *)object;
  PyTypeObject *type = Py_TYPE(object);
  Py_XDECREF(self->key);
  type->tp_free(object);
  Py_DECREF(type);
}

static int sorter_init(PyObject *op, PyObject *args, PyObject *kwargs) {
  Sorter *self = (Sorter *)op;
  PyObject *key;
  if (!PyArg_ParseTuple(args, "O", &key)) {
    return -1;
  }
  self->key = Py_NewRef(key);
  return 0;
}

static PyObject *sorter_key(PyObject *op, PyObject *item) {
  Sorter *self = (Sorter *)op;
  return self->key == NULL ? Py_NewRef(item) : PyObject_CallOneArg(self->key, item);
}

static PyMethodDef sorter_methods[] = {
    {"key", sorter_key, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot sorter_slots[] = {
    {Py_tp_init, sorter_init},
    {Py_tp_dealloc, sorter_dealloc},
    {Py_tp_methods, sorter_methods},
    {0, NULL},
};

static PyType_Spec sorter_spec = {
    .name = "init.Sorter",
    .basicsize = sizeof(Sorter),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = sorter_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&sorter_spec);
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
    .m_name = "raw_owned_field_read_init_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_raw_owned_field_read_init_good(void) {
  return PyModuleDef_Init(&definition);
}
