// A stack of references in memory of its own: push moves it, pop gives its reference away.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  Py_ssize_t used;
  Py_ssize_t room;
  PyObject **items;  // expect: array-of-objects
} Stack;

static void stack_dealloc(PyObject *op) {
  Stack *self = (Stack *)op;
  PyTypeObject *type = Py_TYPE(op);
  for (Py_ssize_t i = 0; i < self->used; i++) {
    Py_DECREF(self->items[i]);
  }
  PyMem_Free(self->items);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *stack_push(Stack *self, PyObject *item) {
  if (self->used == self->room) {
    Py_ssize_t room = self->room * 2 + 4;
    PyObject **items = PyMem_Realloc(self->items, (size_t)room * sizeof(PyObject *));
    if (items == NULL) {
      return PyErr_NoMemory();
    }
    self->items = items;
    self->room = room;
  }
  self->items[self->used++] = Py_NewRef(item);
  Py_RETURN_NONE;
}

static PyObject *stack_pop(Stack *self, PyObject *unused) {
  if (self->used == 0) {
    PyErr_SetString(PyExc_IndexError, "pop from an empty stack");
    return NULL;
  }
  return self->items[--self->used];
}

static PyObject *stack_top(Stack *self, PyObject *unused) {
  return Py_NewRef(self->used > 0 ? self->items[self->used - 1] : Py_None);
}

static PyMethodDef stack_methods[] = {
    {"push", (PyCFunction)stack_push, METH_O, NULL},
    {"pop", (PyCFunction)stack_pop, METH_NOARGS, NULL},
    {"top", (PyCFunction)stack_top, METH_NOARGS, NULL},
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "array_of_objects_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_array_of_objects_bad(void) {
  return PyModuleDef_Init(&definition);
}
