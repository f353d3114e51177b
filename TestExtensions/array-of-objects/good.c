// Each method holds the section on the stack while it touches the array or its numbers.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject_HEAD
  Py_ssize_t used;
  Py_ssize_t room;
  PyObject **items;
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

static int push_lock_held(Stack *self, PyObject *item) {
  if (self->used == self->room) {
    Py_ssize_t room = self->room * 2 + 4;
    PyObject **items = PyMem_Realloc(self->items, (size_t)room * sizeof(PyObject *));
    if (items == NULL) {
      return -1;
    }
    self->items = items;
    self->room = room;
  }
  self->items[self->used++] = Py_NewRef(item);
  return 0;
}

static PyObject *stack_push(Stack *self, PyObject *item) {
  int result;
  Py_BEGIN_CRITICAL_SECTION(self);
  result = push_lock_held(self, item);
  Py_END_CRITICAL_SECTION();
  return result < 0 ? PyErr_NoMemory() : Py_NewRef(Py_None);
}

static PyObject *stack_pop(Stack *self, PyObject *unused) {
  PyObject *item = NULL;
  Py_BEGIN_CRITICAL_SECTION(self);
  if (self->used > 0) {
    item = self->items[--self->used];
  }
  Py_END_CRITICAL_SECTION();
  if (item == NULL) {
    PyErr_SetString(PyExc_IndexError, "pop from an empty stack");
  }
  return item;
}

static PyObject *stack_top(Stack *self, PyObject *unused) {
  PyObject *item;
  Py_BEGIN_CRITICAL_SECTION(self);
  item = Py_NewRef(self->used > 0 ? self->items[self->used - 1] : Py_None);
  Py_END_CRITICAL_SECTION();
  return item;
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
    .name = "good.Stack",
    .basicsize = sizeof(Stack),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = stack_slots,
};

static int module_exec(PyObject *module) {
  PyObject *type = PyType_FromSpec(&stack_spec);
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "array_of_objects_good",
    .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_array_of_objects_good(void) {
  return PyModuleDef_Init(&module_def);
}
