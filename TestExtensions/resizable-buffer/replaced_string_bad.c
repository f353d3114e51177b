// A setter frees the C string and puts a copy of another in its place.
#include <Python.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  PyObject_HEAD
  char *path;  // expect: resizable-buffer
  int depth;
} Node;

static PyObject *node_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  const char *path;
  int depth = 0;
  if (!PyArg_ParseTuple(args, "s|i:Node", &path, &depth)) {
    return NULL;
  }
  Node *self = (Node *)type->tp_alloc(type, 0);
  if (self == NULL) {
    return NULL;
  }
  self->depth = depth;
  self->path = strdup(path);
  if (self->path == NULL) {
    Py_DECREF(self);
    return PyErr_NoMemory();
  }
  return (PyObject *)self;
}

static void node_dealloc(PyObject *op) {
  Node *self = (Node *)op;
  PyTypeObject *type = Py_TYPE(op);
  free(self->path);
  type->tp_free(op);
  Py_DECREF(type);
}

static int node_set_path(Node *self, PyObject *value, void *closure) {
  if (value == NULL) {
    PyErr_SetString(PyExc_AttributeError, "path cannot be deleted");
    return -1;
  }
  const char *text = PyUnicode_AsUTF8(value);
  char *copy = text != NULL ? strdup(text) : NULL;
  if (copy == NULL) {
    if (text != NULL) {
      PyErr_NoMemory();
    }
    return -1;
  }
  free(self->path);
  self->path = copy;
  return 0;
}

static PyObject *node_get_path(Node *self, void *closure) {
  return PyUnicode_FromString(self->path);
}

static PyObject *node_reduce(Node *self, PyObject *unused) {
  return Py_BuildValue("O(si)", Py_TYPE(self), self->path, self->depth);
}

static PyMethodDef node_methods[] = {
    {"__reduce__", (PyCFunction)node_reduce, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static PyGetSetDef node_getset[] = {
    {"path", (getter)node_get_path, (setter)node_set_path, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot node_slots[] = {
    {Py_tp_new, node_new},
    {Py_tp_dealloc, node_dealloc},
    {Py_tp_methods, node_methods},
    {Py_tp_getset, node_getset},
    {0, NULL},
};

static PyType_Spec node_spec = {
    .name = "replaced_string.Node",
    .basicsize = sizeof(Node),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = node_slots,
};

static int add_types(PyObject *module) {
  PyObject *type = PyType_FromSpec(&node_spec);
  if (type == NULL) {
    return -1;
  }
  int result = PyModule_AddType(module, (PyTypeObject *)type);
  Py_DECREF(type);
  return result;
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, add_types},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef moduledef = {
    PyModuleDef_HEAD_INIT,
    .m_name = "resizable_buffer_replaced_string_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_resizable_buffer_replaced_string_bad(void) {
  return PyModuleDef_Init(&moduledef);
}
