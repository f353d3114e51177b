// The new node gets the items of the old one, which never change, before anyone else has it.
#include <Python.h>

#define WIDTH 4

typedef struct {
  PyObject_HEAD
  PyObject *items[WIDTH];
} Node;

static PyTypeObject *node_type;

static Node *node_make(void) {
  Node *node = PyObject_New(Node, node_type);
  if (node == NULL) {
    return NULL;
  }
  for (int i = 0; i < WIDTH; i++) {
    node->items[i] = NULL;
  }
  return node;
}

static PyObject *node_with(Node *self, PyObject *item) {
  Node *node = node_make();
  if (node == NULL) {
    return NULL;
  }
  for (int i = 0; i < WIDTH; i++) {
    Py_XINCREF(self->items[i]);
    node->items[i] = self->items[i];
  }
  Py_XSETREF(node->items[0], Py_NewRef(item));
  return (PyObject *)node;
}

static PyObject *node_first(Node *self, PyObject *unused) {
  return Py_NewRef(self->items[0] != NULL ? self->items[0] : Py_None);
}

static void node_dealloc(PyObject *op) {
  Node *self = (Node *)op;
  PyTypeObject *type = Py_TYPE(op);
  for (int i = 0; i < WIDTH; i++) {
    Py_XDECREF(self->items[i]);
  }
  type->tp_free(op);
  Py_DECREF(type);
}

static PyMethodDef node_methods[] = {
    {"with", (PyCFunction)node_with, METH_O, NULL},
    {"first", (PyCFunction)node_first, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot node_slots[] = {
    {Py_tp_dealloc, node_dealloc},
    {Py_tp_methods, node_methods},
    {0, NULL},
};

static PyType_Spec node_spec = {
    .name = "array_of_objects_new_copy_good.Node",
    .basicsize = sizeof(Node),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = node_slots,
};

static int module_exec(PyObject *module) {
  PyObject *type = PyType_FromSpec(&node_spec);
  if (type == NULL) {
    return -1;
  }
  node_type = (PyTypeObject *)Py_NewRef(type);
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
    .m_name = "array_of_objects_new_copy_good",
    .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_array_of_objects_new_copy_good(void) {
  return PyModuleDef_Init(&module_def);
}
