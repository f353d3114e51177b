// The walk through a tree is in a record of the iterator; __setstate__ moves it as well.
#include <Python.h>

struct walk {
  unsigned long path;
  int depth;
};

typedef struct {
  PyObject_HEAD
  struct walk *walk;  // expect: shared-iterator-state
  int height;
} Leaves;

static PyObject *leaves_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  int height = 3;
  if (!PyArg_ParseTuple(args, "|i:Leaves", &height)) {
    return NULL;
  }
  Leaves *self = (Leaves *)type->tp_alloc(type, 0);
  if (self == NULL) {
    return NULL;
  }
  self->height = height > 20 ? 20 : height;
  self->walk = PyMem_Calloc(1, sizeof(struct walk));
  if (self->walk == NULL) {
    Py_DECREF(self);
    return PyErr_NoMemory();
  }
  return (PyObject *)self;
}

static void leaves_dealloc(PyObject *op) {
  Leaves *self = (Leaves *)op;
  PyTypeObject *type = Py_TYPE(op);
  PyMem_Free(self->walk);
  type->tp_free(op);
  Py_DECREF(type);
}

static unsigned long walk_step(struct walk *walk) {
  unsigned long path = walk->path;
  walk->path = path + 1;
  return path;
}

static PyObject *leaves_iternext(PyObject *op) {
  Leaves *self = (Leaves *)op;
  if (self->walk->path >> self->height != 0) {
    return NULL;
  }
  return PyLong_FromUnsignedLong(walk_step(self->walk));
}

static PyObject *leaves_setstate(Leaves *self, PyObject *state) {
  unsigned long path = PyLong_AsUnsignedLong(state);
  if (path == (unsigned long)-1 && PyErr_Occurred()) {
    return NULL;
  }
  self->walk->path = path;
  Py_RETURN_NONE;
}

static PyMethodDef leaves_methods[] = {
    {"__setstate__", (PyCFunction)leaves_setstate, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot leaves_slots[] = {
    {Py_tp_new, leaves_new},
    {Py_tp_dealloc, leaves_dealloc},
    {Py_tp_iter, PyObject_SelfIter},
    {Py_tp_iternext, leaves_iternext},
    {Py_tp_methods, leaves_methods},
    {0, NULL},
};

static PyType_Spec leaves_spec = {
    .name = "owned_record.Leaves",
    .basicsize = sizeof(Leaves),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = leaves_slots,
};

static int module_exec(PyObject *module) {
  PyObject *type = PyType_FromSpec(&leaves_spec);
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "shared_iterator_state_owned_record_bad",
    .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_shared_iterator_state_owned_record_bad(void) {
  return PyModuleDef_Init(&module_def);
}
