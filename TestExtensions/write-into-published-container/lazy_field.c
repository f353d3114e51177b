// The tuples are in the fields, where other calls find them, before their items are in them.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  long start;
  long stop;
  PyObject *bounds;  // expect: lazily-cached-field
  PyObject *repeated;  // expect: lazily-cached-field
} Range;

static void range_dealloc(PyObject *object) {
  Range *self = (Range *)object;
  PyTypeObject *type = Py_TYPE(object);
  Py_XDECREF(self->bounds);
  Py_XDECREF(self->repeated);
  type->tp_free(object);
  Py_DECREF(type);
}

static PyObject *range_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  Range *self = (Range *)type->tp_alloc(type, 0);
  if (self != NULL && !PyArg_ParseTuple(args, "ll", &self->start, &self->stop)) {
    Py_CLEAR(self);
  }
  return (PyObject *)self;
}

static PyObject *range_bounds(PyObject *op, PyObject *unused) {
  Range *self = (Range *)op;
  if (self->bounds == NULL) {
    self->bounds = PyTuple_New(2);
    if (self->bounds == NULL) {
      return NULL;
    }
    // expect-missing: write-into-published-container  a tuple that is new in a field counts as private
    PyTuple_SET_ITEM(self->bounds, 0, PyLong_FromLong(self->start));
    PyTuple_SET_ITEM(self->bounds, 1, PyLong_FromLong(self->stop));
  }
  return Py_NewRef(self->bounds);
}

static PyObject *range_repeated(PyObject *op, PyObject *unused) {
  Range *self = (Range *)op;
  if (self->repeated == NULL) {
    PyObject *repeated = PyTuple_New(1);
    if (repeated == NULL) {
      return NULL;
    }
    self->repeated = repeated;
    PyTuple_SET_ITEM(repeated, 0, PyLong_FromLong(self->start));  // expect: write-into-published-container
  }
  return Py_NewRef(self->repeated);
}

static PyMethodDef range_methods[] = {
    {"bounds", range_bounds, METH_NOARGS, NULL},
    {"repeated", range_repeated, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot range_slots[] = {
    {Py_tp_new, range_new},
    {Py_tp_dealloc, range_dealloc},
    {Py_tp_methods, range_methods},
    {0, NULL},
};

static PyType_Spec range_spec = {
    .name = "lazy_field.Range",
    .basicsize = sizeof(Range),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = range_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&range_spec);
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
    .m_name = "write_into_published_container_lazy_field",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_write_into_published_container_lazy_field(void) {
  return PyModuleDef_Init(&definition);
}
