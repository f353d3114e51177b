// A section around the look and the mark; the mark is taken away in another.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject_HEAD
  int busy;
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

static int walker_begin(Walker *self) {
  int busy;
  Py_BEGIN_CRITICAL_SECTION(self);
  busy = self->busy;
  self->busy = 1;
  Py_END_CRITICAL_SECTION();
  if (busy) {
    PyErr_SetString(PyExc_RuntimeError, "the walker is already at work");
    return -1;
  }
  return 0;
}

static void walker_end(Walker *self) {
  Py_BEGIN_CRITICAL_SECTION(self);
  self->busy = 0;
  Py_END_CRITICAL_SECTION();
}

static PyObject *walker_visit(Walker *self, PyObject *args) {
  PyObject *function, *node;
  if (!PyArg_ParseTuple(args, "OO:visit", &function, &node) || walker_begin(self) < 0) {
    return NULL;
  }
  PyObject *result = PyObject_CallFunctionObjArgs(function, node, NULL);
  walker_end(self);
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
    .name = "good.Walker",
    .basicsize = sizeof(Walker),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = walker_slots,
};

static int add_types(PyObject *module) {
  PyObject *type = PyType_FromSpec(&walker_spec);
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
    .m_name = "busy_flag_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_busy_flag_good(void) {
  return PyModuleDef_Init(&moduledef);
}
