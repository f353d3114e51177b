// The view is filled and counted in one section on the block.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject_HEAD
  int exports;
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
  int result;
  Py_BEGIN_CRITICAL_SECTION(op);
  result = PyBuffer_FillInfo(view, op, self->data, self->size, 0, flags);
  if (result == 0) {
    self->exports++;
  }
  Py_END_CRITICAL_SECTION();
  return result;
}

static void block_releasebuffer(PyObject *op, Py_buffer *view) {
  Py_BEGIN_CRITICAL_SECTION(op);
  ((Block *)op)->exports--;
  Py_END_CRITICAL_SECTION();
}

static PyObject *block_is_exported(Block *self, PyObject *unused) {
  int exports;
  Py_BEGIN_CRITICAL_SECTION(self);
  exports = self->exports;
  Py_END_CRITICAL_SECTION();
  return PyBool_FromLong(exports > 0);
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
    .name = "good.Block",
    .basicsize = sizeof(Block),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = block_slots,
};

static int add_types(PyObject *module) {
  PyObject *type = PyType_FromSpec(&block_spec);
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef moduledef = {
    PyModuleDef_HEAD_INIT,
    .m_name = "buffer_export_counter_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_buffer_export_counter_good(void) {
  return PyModuleDef_Init(&moduledef);
}
