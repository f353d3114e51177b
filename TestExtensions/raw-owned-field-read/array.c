// The references are in an array of the object.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  PyObject *cache[2];  // expect: array-of-objects
} Table;

static void table_dealloc(PyObject *object) {
  Table *self = (Table *)object;
  PyTypeObject *type = Py_TYPE(object);
  Py_XDECREF(self->cache[0]);
  Py_XDECREF(self->cache[1]);
  type->tp_free(object);
  Py_DECREF(type);
}

static PyObject *table_keep(PyObject *op, PyObject *value) {
  Table *self = (Table *)op;
  Py_XSETREF(self->cache[1], Py_NewRef(value));
  Py_RETURN_NONE;
}

static PyObject *table_recent(PyObject *op, PyObject *unused) {
  Table *self = (Table *)op;
  if (self->cache[1] == NULL) {
    Py_RETURN_NONE;
  }
  return Py_NewRef(self->cache[1]);
}

static PyObject *table_reset(PyObject *op, PyObject *unused) {
  Table *self = (Table *)op;
  Py_CLEAR(self->cache[0]);
  Py_CLEAR(self->cache[1]);
  Py_RETURN_NONE;
}

static PyMethodDef table_methods[] = {
    {"keep", table_keep, METH_O, NULL},
    {"recent", table_recent, METH_NOARGS, NULL},
    {"reset", table_reset, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot table_slots[] = {
    {Py_tp_dealloc, table_dealloc},
    {Py_tp_methods, table_methods},
    {0, NULL},
};

static PyType_Spec table_spec = {
    .name = "array.Table",
    .basicsize = sizeof(Table),
    .flags = Py_TPFLAGS_DEFAULT,
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "raw_owned_field_read_array",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_raw_owned_field_read_array(void) {
  return PyModuleDef_Init(&definition);
}
