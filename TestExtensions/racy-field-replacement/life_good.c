// Only functions that have the object to themselves replace the fields: tp_new before it returns,
// tp_clear and tp_dealloc at the end, tp_init when it is made.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  PyObject *names;
  PyObject *values;
} Table;

static int table_clear(PyObject *op) {
  Table *self = (Table *)op;
  Py_CLEAR(self->names);
  Py_CLEAR(self->values);
  return 0;
}

static int table_traverse(PyObject *op, visitproc visit, void *arg) {
  Py_VISIT(Py_TYPE(op));
  Py_VISIT(((Table *)op)->names);
  Py_VISIT(((Table *)op)->values);
  return 0;
}

static void table_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  PyObject_GC_UnTrack(op);
  (void)table_clear(op);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *table_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  Table *self = (Table *)type->tp_alloc(type, 0);
  if (self == NULL) {
    return NULL;
  }
  self->names = Py_NewRef(args);
  self->values = NULL;
  if (kwargs != NULL) {
    Py_SETREF(self->names, PyDict_Keys(kwargs));
  }
  if (self->names == NULL) {
    Py_DECREF(self);
    return NULL;
  }
  return (PyObject *)self;
}

static int table_init(PyObject *op, PyObject *args, PyObject *kwargs) {
  Table *self = (Table *)op;
  Py_XSETREF(self->values, kwargs == NULL ? Py_NewRef(args) : PyDict_Values(kwargs));
  return self->values == NULL ? -1 : 0;
}

static PyType_Slot table_slots[] = {
    {Py_tp_new, table_new},
    {Py_tp_init, table_init},
    {Py_tp_clear, table_clear},
    {Py_tp_traverse, table_traverse},
    {Py_tp_dealloc, table_dealloc},
    {0, NULL},
};

static PyType_Spec table_spec = {
    .name = "life.Table",
    .basicsize = sizeof(Table),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .slots = table_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&table_spec);
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
    .m_name = "racy_field_replacement_life_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_racy_field_replacement_life_good(void) {
  return PyModuleDef_Init(&definition);
}
