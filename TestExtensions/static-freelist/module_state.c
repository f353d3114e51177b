// The freelist is in the module's state, which all threads share.
#include <Python.h>

typedef struct node {
  struct node *next;
  long value;
} Node;

typedef struct {
  Node *spare;  // expect: static-freelist
} ModuleState;

static PyObject *negate(PyObject *module, PyObject *number) {
  ModuleState *state = PyModule_GetState(module);
  long value = PyLong_AsLong(number);
  if (value == -1 && PyErr_Occurred()) {
    return NULL;
  }
  Node *node = state->spare;
  if (node != NULL) {
    state->spare = node->next;
  } else {
    node = PyMem_RawMalloc(sizeof(Node));
    if (node == NULL) {
      return PyErr_NoMemory();
    }
  }
  node->value = -value;
  value = node->value;
  node->next = state->spare;
  state->spare = node;
  return PyLong_FromLong(value);
}

static PyMethodDef methods[] = {
    {"negate", negate, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "static_freelist_module_state",
    .m_size = sizeof(ModuleState),
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_freelist_module_state(void) {
  return PyModuleDef_Init(&definition);
}
