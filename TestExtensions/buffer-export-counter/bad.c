// Exports are counted up and down by whoever takes a view or gives one back.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  int exports;  // expect: buffer-export-counter
  Py_ssize_t size;
  char *data;
} Block;

static PyObject *block_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  Py_ssize_t size;
  if (!PyArg_ParseTuple(args, "n:Block", &size)) {
    return NULL;
  }
  Block *self = (Block *)type->tp_alloc(type, 0);
  if (self == NULL) {
    return NULL;
  }
  self->size = size > 0 ? size : 1;
  self->data = PyMem_Calloc((size_t)self->size, 1);
  if (self->data == NULL) {
    Py_DECREF(self);
    return PyErr_NoMemory();
  }
  return (PyObject *)self;
}

static void block_dealloc(PyObject *op) {
  Block *self = (Block *)op;
  PyTypeObject *type = Py_TYPE(op);
  PyMem_Free(self->data);
  type->tp_free(op);
  Py_DECREF(type);
}

static int block_getbuffer(PyObject *op, Py_buffer *view, int flags) {
  Block *self = (Block *)op;
  if (PyBuffer_FillInfo(view, op, self->data, self->size, 0, flags) < 0) {
    return -1;
  }
  self->exports++;
  return 0;
}

static void block_releasebuffer(PyObject *op, Py_buffer *view) {
  ((Block *)op)->exports--;
}

static PyObject *block_is_exported(Block *self, PyObject *unused) {
  return PyBool_FromLong(self->exports > 0);
}

static PyMethodDef block_methods[] = {
    {"is_exported", (PyCFunction)block_is_exported, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot block_slots[] = {
    {Py_tp_new, block_new},
    {Py_tp_dealloc, block_dealloc},
    {Py_tp_methods, block_methods},
    {Py_bf_getbuffer, block_getbuffer},
    {Py_bf_releasebuffer, block_releasebuffer},
    {0, NULL},
};

static PyType_Spec block_spec = {
    .name = "bad.Block",
    .basicsize = sizeof(Block),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = block_slots,
};

static int module_exec(PyObject *module) {
  PyObject *type = PyType_FromSpec(&block_spec);
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
    .m_name = "buffer_export_counter_bad",
    .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_buffer_export_counter_bad(void) {
  return PyModuleDef_Init(&module_def);
}
