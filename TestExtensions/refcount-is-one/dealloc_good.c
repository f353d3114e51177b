// The count is looked at where nobody else can have the object, or where the world is stopped.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  PyObject *children;
  int leaked;
} Node;

static PyObject *node_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  Node *self = (Node *)type->tp_alloc(type, 0);
  if (self != NULL && (self->children = PyList_New(0)) == NULL) {
    Py_CLEAR(self);
  }
  return (PyObject *)self;
}

static int node_traverse(PyObject *op, visitproc visit, void *arg) {
  Node *self = (Node *)op;
  Py_VISIT(Py_TYPE(op));
  if (self->children != NULL && Py_REFCNT(self->children) == 1) {
    self->leaked = 0;
  }
  Py_VISIT(self->children);
  return 0;
}

static void node_dealloc(PyObject *op) {
  Node *self = (Node *)op;
  PyTypeObject *type = Py_TYPE(op);
  PyObject_GC_UnTrack(op);
  if (self->children != NULL && Py_REFCNT(self->children) > 1) {
    PyErr_WarnEx(PyExc_ResourceWarning, "children outlive their parent", 1);
  }
  Py_CLEAR(self->children);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *node_add(PyObject *op, PyObject *child) {
  if (PyList_Append(((Node *)op)->children, child) < 0) {
    return NULL;
  }
  Py_RETURN_NONE;
}

static PyMethodDef node_methods[] = {
    {"add", node_add, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot node_slots[] = {
    {Py_tp_new, node_new},
    {Py_tp_traverse, node_traverse},
    {Py_tp_dealloc, node_dealloc},
    {Py_tp_methods, node_methods},
    {0, NULL},
};

static PyType_Spec node_spec = {
    .name = "dealloc_good.Node",
    .basicsize = sizeof(Node),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .slots = node_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&node_spec);
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
    .m_name = "refcount_is_one_dealloc_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_refcount_is_one_dealloc_good(void) {
  return PyModuleDef_Init(&definition);
}
