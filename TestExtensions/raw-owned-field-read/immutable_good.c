// Only tp_new fills the field, and only tp_clear and tp_dealloc empty it: nobody reads then.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  PyObject *function;
  PyObject *arguments;
} Partial;

static PyObject *partial_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  if (PyTuple_GET_SIZE(args) < 1) {
    PyErr_SetString(PyExc_TypeError, "a function is needed");
    return NULL;
  }
  Partial *self = (Partial *)type->tp_alloc(type, 0);
  if (self == NULL) {
    return NULL;
  }
  self->function = Py_NewRef(PyTuple_GET_ITEM(args, 0));
  self->arguments = PyTuple_GetSlice(args, 1, PY_SSIZE_T_MAX);
  if (self->arguments == NULL) {
    Py_CLEAR(self->function);
    Py_DECREF(self);
    return NULL;
  }
  return (PyObject *)self;
}

static int partial_traverse(PyObject *op, visitproc visit, void *arg) {
  Partial *self = (Partial *)op;
  Py_VISIT(Py_TYPE(op));
  Py_VISIT(self->function);
  Py_VISIT(self->arguments);
  return 0;
}

static int partial_clear(PyObject *op) {
  Partial *self = (Partial *)op;
  Py_CLEAR(self->function);
  Py_CLEAR(self->arguments);
  return 0;
}

static void partial_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  PyObject_GC_UnTrack(op);
  partial_clear(op);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *partial_call(PyObject *op, PyObject *args, PyObject *kwargs) {
  Partial *self = (Partial *)op;
  PyObject *all = PySequence_Concat(self->arguments, args);
  PyObject *result = all == NULL ? NULL : PyObject_Call(self->function, all, kwargs);
  Py_XDECREF(all);
  return result;
}

static PyType_Slot partial_slots[] = {
    {Py_tp_new, partial_new},
    {Py_tp_traverse, partial_traverse},
    {Py_tp_clear, partial_clear},
    {Py_tp_dealloc, partial_dealloc},
    {Py_tp_call, partial_call},
    {0, NULL},
};

static PyType_Spec partial_spec = {
    .name = "immutable.Partial",
    .basicsize = sizeof(Partial),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .slots = partial_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&partial_spec);
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
    .m_name = "raw_owned_field_read_immutable_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_raw_owned_field_read_immutable_good(void) {
  return PyModuleDef_Init(&definition);
}
