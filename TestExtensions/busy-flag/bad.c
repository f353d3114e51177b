// The guard against re-entry keeps a second thread out, unless both look at once.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  int busy;  // expect: busy-flag
  int depth;
} Walker;

static PyObject *walker_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  Walker *self = (Walker *)type->tp_alloc(type, 0);
  if (self != NULL) {
    self->depth = 3;
  }
  return (PyObject *)self;
}

static void walker_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *walker_visit(Walker *self, PyObject *args) {
  PyObject *function, *node;
  if (!PyArg_ParseTuple(args, "OO:visit", &function, &node)) {
    return NULL;
  }
  if (self->busy) {
    PyErr_SetString(PyExc_RuntimeError, "the walker is already at work");
    return NULL;
  }
  self->busy = 1;
  PyObject *result = PyObject_CallFunctionObjArgs(function, node, NULL);
  self->busy = 0;
  return result;
}

static PyMethodDef walker_methods[] = {
    {"visit", (PyCFunction)walker_visit, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot walker_slots[] = {
    {Py_tp_new, walker_new},
    {Py_tp_dealloc, walker_dealloc},
    {Py_tp_methods, walker_methods},
    {0, NULL},
};

static PyType_Spec walker_spec = {
    .name = "bad.Walker",
    .basicsize = sizeof(Walker),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = walker_slots,
};

static int module_exec(PyObject *module) {
  PyObject *type = PyType_FromSpec(&walker_spec);
  if (type == NULL) {
    return -1;
  }
  int result = PyModule_AddType(module, (PyTypeObject *)type);
  Py_DECREF(type);
  return result;
}

static PyModuleDef_Slot module_slots[] = {
    {Py_mod_exec, module_exec},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "busy_flag_bad",
    .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_busy_flag_bad(void) {
  return PyModuleDef_Init(&module_def);
}
