// INCREF comes before the store, after it, and in a helper.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject_HEAD
  PyObject *label;
  PyObject *parent;
  PyObject *data;
} Node;

static void node_dealloc(PyObject *object) {
  Node *self = (Node *)object;
  PyTypeObject *type = Py_TYPE(object);
  Py_XDECREF(self->label);
  Py_XDECREF(self->parent);
  Py_XDECREF(self->data);
  type->tp_free(object);
  Py_DECREF(type);
}

static PyObject *keep(PyObject *object) {
  Py_INCREF(object);
  return object;
}

static int node_set_label(PyObject *op, PyObject *value, void *closure) {
  Node *self = (Node *)op;
  PyObject *old;
  Py_XINCREF(value);
  Py_BEGIN_CRITICAL_SECTION(self);
  old = self->label;
  self->label = value;
  Py_END_CRITICAL_SECTION();
  Py_XDECREF(old);
  return 0;
}

static int node_set_parent(PyObject *op, PyObject *value, void *closure) {
  Node *self = (Node *)op;
  PyObject *old;
  if (!Py_IS_TYPE(value, Py_TYPE(op))) {
    PyErr_SetString(PyExc_TypeError, "a node");
    return -1;
  }
  Py_BEGIN_CRITICAL_SECTION(self);
  old = self->parent;
  self->parent = value;
  Py_INCREF(self->parent);
  Py_END_CRITICAL_SECTION();
  Py_XDECREF(old);
  return 0;
}

static PyObject *node_replace(PyObject *op, PyObject *data) {
  Node *self = (Node *)op;
  PyObject *old;
  PyObject *same = (PyObject *)data;
  Py_BEGIN_CRITICAL_SECTION(self);
  old = self->data;
  self->data = keep(same);
  Py_END_CRITICAL_SECTION();
  return old != NULL ? old : Py_NewRef(Py_None);
}

static PyGetSetDef node_getset[] = {
    {"label", NULL, node_set_label, NULL, NULL},
    {"parent", NULL, node_set_parent, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyMethodDef node_methods[] = {
    {"replace", node_replace, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot node_slots[] = {
    {Py_tp_dealloc, node_dealloc},
    {Py_tp_getset, node_getset},
    {Py_tp_methods, node_methods},
    {0, NULL},
};

static PyType_Spec node_spec = {
    .name = "setter.Node",
    .basicsize = sizeof(Node),
    .flags = Py_TPFLAGS_DEFAULT,
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
    .m_name = "stored_borrowed_reference_setter_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_stored_borrowed_reference_setter_good(void) {
  return PyModuleDef_Init(&definition);
}
