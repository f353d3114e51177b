// The destructor brings its object back for a last call.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  PyObject *at_exit;
} Guard;

static PyObject *guard_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  PyObject *at_exit;
  if (!PyArg_ParseTuple(args, "O", &at_exit)) {
    return NULL;
  }
  Guard *self = (Guard *)type->tp_alloc(type, 0);
  if (self != NULL) {
    self->at_exit = Py_NewRef(at_exit);
  }
  return (PyObject *)self;
}

static void guard_dealloc(PyObject *op) {
  Guard *self = (Guard *)op;
  PyTypeObject *type = Py_TYPE(op);
  Py_SET_REFCNT(op, 1);  // expect: try-incref
  PyObject *answer = PyObject_CallOneArg(self->at_exit, op);
  if (answer == NULL) {
    PyErr_WriteUnraisable(self->at_exit);
  }
  Py_XDECREF(answer);
  Py_XDECREF(self->at_exit);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyType_Slot guard_slots[] = {
    {Py_tp_new, guard_new},
    {Py_tp_dealloc, guard_dealloc},
    {0, NULL},
};

static PyType_Spec guard_spec = {
    .name = "resurrect.Guard",
    .basicsize = sizeof(Guard),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = guard_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&guard_spec);
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
    .m_name = "try_incref_resurrect",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_try_incref_resurrect(void) {
  return PyModuleDef_Init(&definition);
}
