// The setter locks and drops the old value, but the new one is the caller's.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject_HEAD
  PyObject *label;
} Node;

static void node_dealloc(PyObject *object) {
  Node *self = (Node *)object;
  PyTypeObject *type = Py_TYPE(object);
  Py_XDECREF(self->label);
  type->tp_free(object);
  Py_DECREF(type);
}

static int node_set_label(PyObject *op, PyObject *value, void *closure) {
  Node *self = (Node *)op;
  if (value == NULL) {
    PyErr_SetString(PyExc_AttributeError, "label");
    return -1;
  }
  PyObject *old;
  Py_BEGIN_CRITICAL_SECTION(self);
  old = self->label;
  self->label = value;  // expect: stored-borrowed-reference
  Py_END_CRITICAL_SECTION();
  Py_XDECREF(old);
  return 0;
}

static PyObject *node_get_label(PyObject *op, void *closure) {
  Node *self = (Node *)op;
  PyObject *label;
  Py_BEGIN_CRITICAL_SECTION(self);
  label = Py_XNewRef(self->label);
  Py_END_CRITICAL_SECTION();
  return label != NULL ? label : Py_NewRef(Py_None);
}

static PyGetSetDef node_getset[] = {
    {"label", node_get_label, node_set_label, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot node_slots[] = {
    {Py_tp_dealloc, node_dealloc},
    {Py_tp_getset, node_getset},
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "stored_borrowed_reference_setter",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_stored_borrowed_reference_setter(void) {
  return PyModuleDef_Init(&definition);
}
