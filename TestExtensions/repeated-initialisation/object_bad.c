// Only __init__ replaces the reference, so the rules of references say nothing; a call reads it.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  PyObject *function;  // expect: repeated-initialisation
} Partial;

static int partial_set(Partial *self, PyObject *function) {
  if (!PyCallable_Check(function)) {
    PyErr_SetString(PyExc_TypeError, "a function");
    return -1;
  }
  Py_XSETREF(self->function, Py_NewRef(function));
  return 0;
}

static int partial_init(PyObject *op, PyObject *args, PyObject *kwargs) {
  PyObject *function;
  if (!PyArg_ParseTuple(args, "O:Partial", &function)) {
    return -1;
  }
  return partial_set((Partial *)op, function);
}

static int partial_traverse(PyObject *op, visitproc visit, void *arg) {
  Py_VISIT(Py_TYPE(op));
  Py_VISIT(((Partial *)op)->function);
  return 0;
}

static int partial_clear(PyObject *op) {
  Py_CLEAR(((Partial *)op)->function);
  return 0;
}

static void partial_dealloc(PyObject *op) {
  Partial *self = (Partial *)op;
  PyTypeObject *type = Py_TYPE(op);
  PyObject_GC_UnTrack(op);
  Py_CLEAR(self->function);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *partial_call(PyObject *op, PyObject *args, PyObject *kwargs) {
  Partial *self = (Partial *)op;
  if (self->function == NULL) {
    PyErr_SetString(PyExc_RuntimeError, "not initialised");
    return NULL;
  }
  return PyObject_Call(self->function, args, kwargs);
}

static PyType_Slot partial_slots[] = {
    {Py_tp_init, partial_init},
    {Py_tp_traverse, partial_traverse},
    {Py_tp_clear, partial_clear},
    {Py_tp_dealloc, partial_dealloc},
    {Py_tp_call, partial_call},
    {0, NULL},
};

static PyType_Spec partial_spec = {
    .name = "object.Partial",
    .basicsize = sizeof(Partial),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .slots = partial_slots,
};

static int add_types(PyObject *module) {
  PyObject *type = PyType_FromSpec(&partial_spec);
  if (type == NULL) {
    return -1;
  }
  int result = PyModule_AddType(module, (PyTypeObject *)type);
  Py_DECREF(type);
  return result;
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, add_types},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef moduledef = {
    PyModuleDef_HEAD_INIT,
    .m_name = "repeated_initialisation_object_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_repeated_initialisation_object_bad(void) {
  return PyModuleDef_Init(&moduledef);
}
