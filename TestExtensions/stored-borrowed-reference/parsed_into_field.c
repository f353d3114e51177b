// The parser writes into the field itself, and takes no reference.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  PyObject *key;
  int depth;
} Sorter;

static PyObject *sorter_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  static char *names[] = {"key", "depth", NULL};
  Sorter *self = (Sorter *)type->tp_alloc(type, 0);
  if (self == NULL) {
    return NULL;
  }
  self->key = Py_None;
  if (!PyArg_ParseTupleAndKeywords(args, kwargs, "O|$i", names, &self->key,  // expect: stored-borrowed-reference
                                   &self->depth)) {
    Py_DECREF(self);
    return NULL;
  }
  return (PyObject *)self;
}

static void sorter_dealloc(PyObject *object) {
  PyTypeObject *type = Py_TYPE(object);
  type->tp_free(object);
  Py_DECREF(type);
}

static PyObject *sorter_key(PyObject *self, PyObject *item) {
  return PyObject_CallOneArg(((Sorter *)self)->key, item);
}

static PyMethodDef sorter_methods[] = {
    {"key", sorter_key, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot sorter_slots[] = {
    {Py_tp_new, sorter_new},
    {Py_tp_dealloc, sorter_dealloc},
    {Py_tp_methods, sorter_methods},
    {0, NULL},
};

static PyType_Spec sorter_spec = {
    .name = "parsed.Sorter",
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "stored_borrowed_reference_parsed_into_field",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_stored_borrowed_reference_parsed_into_field(void) {
  return PyModuleDef_Init(&definition);
}
