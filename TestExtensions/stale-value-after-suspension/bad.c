// The callback may suspend the section, and the stack may be moved or emptied meanwhile.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject_HEAD
  double *values;
  Py_ssize_t used, capacity;
} Stack;

static void stack_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  PyMem_Free(((Stack *)op)->values);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *stack_push(PyObject *op, PyObject *number) {
  Stack *self = (Stack *)op;
  double value = PyFloat_AsDouble(number);
  if (value == -1.0 && PyErr_Occurred()) {
    return NULL;
  }
  int failed = 0;
  Py_BEGIN_CRITICAL_SECTION(op);
  if (self->used == self->capacity) {
    Py_ssize_t capacity = self->capacity * 2 + 8;
    double *grown = PyMem_Realloc(self->values, capacity * sizeof(double));
    if (grown == NULL) {
      failed = 1;
    } else {
      self->values = grown;
      self->capacity = capacity;
    }
  }
  if (!failed) {
    self->values[self->used++] = value;
  }
  Py_END_CRITICAL_SECTION();
  return failed ? PyErr_NoMemory() : Py_NewRef(Py_None);
}

static PyObject *stack_map(PyObject *op, PyObject *function) {
  Stack *self = (Stack *)op;
  PyObject *answer = NULL;
  int failed = 0;
  Py_BEGIN_CRITICAL_SECTION(op);
  double *values = self->values;  // expect: stale-value-after-suspension
  for (Py_ssize_t i = 0; !failed && i < self->used; i++) {
    answer = PyObject_CallFunction(function, "d", values[i]);
    values[i] = answer == NULL ? 0 : PyFloat_AsDouble(answer);
    failed = PyErr_Occurred() != NULL;
    Py_XDECREF(answer);
  }
  Py_END_CRITICAL_SECTION();
  return failed ? NULL : Py_NewRef(Py_None);
}

static PyMethodDef stack_methods[] = {
    {"push", stack_push, METH_O, NULL},
    {"map", stack_map, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot stack_slots[] = {
    {Py_tp_dealloc, stack_dealloc},
    {Py_tp_methods, stack_methods},
    {0, NULL},
};

static PyType_Spec stack_spec = {
    .name = "bad.Stack",
    .basicsize = sizeof(Stack),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = stack_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&stack_spec);
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
    .m_name = "stale_value_after_suspension_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_stale_value_after_suspension_bad(void) {
  return PyModuleDef_Init(&definition);
}
