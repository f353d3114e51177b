// Helpers take and put back; the nodes are no objects, but belong to the objects' inside.
#include <Python.h>

struct node {
  struct node *next;
  double value;
};

static struct node *spare_nodes;  // expect: static-freelist

static struct node *node_make(double value) {
  struct node *node = spare_nodes;
  if (node != NULL) {
    spare_nodes = node->next;
  } else {
    node = PyMem_RawMalloc(sizeof(*node));
  }
  if (node != NULL) {
    node->next = NULL;
    node->value = value;
  }
  return node;
}

static void node_drop(struct node *node) {
  node->next = spare_nodes;
  spare_nodes = node;
}

static PyObject *sum(PyObject *module, PyObject *args) {
  double first, second;
  if (!PyArg_ParseTuple(args, "dd", &first, &second)) {
    return NULL;
  }
  struct node *node = node_make(first);
  if (node == NULL) {
    return PyErr_NoMemory();
  }
  node->value += second;
  PyObject *result = PyFloat_FromDouble(node->value);
  node_drop(node);
  return result;
}

static PyMethodDef methods[] = {
    {"sum", sum, METH_VARARGS, NULL},
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
    .m_name = "static_freelist_helper",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_freelist_helper(void) {
  return PyModuleDef_Init(&definition);
}
