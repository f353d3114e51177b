// Objects of two types own records of one kind, which a helper changes.
#include <Python.h>

typedef struct {
  long total;
  char *text;
} State;

typedef struct {
  PyObject_HEAD
  // expect-wrong: unsynchronised-field  the memory is released
  State *state;  // expect-missing: resizable-buffer  what a helper does to a record of two owners is not told apart
} Left;

typedef struct {
  PyObject_HEAD
  // expect-wrong: unsynchronised-field  the memory is released
  State *state;  // expect-missing: resizable-buffer  what a helper does to a record of two owners is not told apart
} Right;

static void state_step(State *state) {
  PyMem_Free(state->text);
  state->text = PyMem_Calloc(8, 1);
}

static PyObject *left_step(Left *self, PyObject *unused) {
  state_step(self->state);
  return PyLong_FromLong(self->state->text[0]);
}

static PyObject *right_step(Right *self, PyObject *unused) {
  state_step(self->state);
  return PyLong_FromLong(self->state->text[0]);
}

static PyMethodDef right_methods[] = {
    {"step", (PyCFunction)right_step, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot right_slots[] = {
    {Py_tp_methods, right_methods},
    {0, NULL},
};

PyType_Spec right_spec = {
    .name = "two_owners_bad.Right",
    .basicsize = sizeof(Right),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = right_slots,
};

static void left_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyMethodDef left_methods[] = {
    {"step", (PyCFunction)left_step, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot left_slots[] = {
    {Py_tp_dealloc, left_dealloc},
    {Py_tp_methods, left_methods},
    {0, NULL},
};

static PyType_Spec left_spec = {
    .name = "resizable_buffer_two_owners_bad.Left",
    .basicsize = sizeof(Left),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = left_slots,
};

static int module_exec(PyObject *module) {
  PyObject *type = PyType_FromSpec(&left_spec);
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect-missing: declared-safe-but-hazardous  the hazard is not found
#endif
    {0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "resizable_buffer_two_owners_bad",
    .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_resizable_buffer_two_owners_bad(void) {
  return PyModuleDef_Init(&module_def);
}
