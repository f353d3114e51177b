// The project's retain and release are macros, and the free function is a pointer's.
#include <Python.h>

typedef struct block {
  Py_ssize_t nrefs;  // expect: own-reference-count
  Py_ssize_t size;
  char bytes[1];
} block;

#define BLOCK_RETAIN(b) ((void)((b)->nrefs += 1))
#define BLOCK_RELEASE(b)       \
  do {                         \
    (b)->nrefs -= 1;           \
    if ((b)->nrefs <= 0) {     \
      PyMem_RawFree(b);        \
    }                          \
  } while (0)

typedef struct {
  PyObject_HEAD
  block *block;
  Py_ssize_t from;
  Py_ssize_t to;
} Slice;

static PyObject *slice_make(PyTypeObject *type, block *b, Py_ssize_t from, Py_ssize_t to) {
  Slice *slice = (Slice *)type->tp_alloc(type, 0);
  if (slice == NULL) {
    return NULL;
  }
  BLOCK_RETAIN(b);
  slice->block = b;
  slice->from = from;
  slice->to = to;
  return (PyObject *)slice;
}

static PyObject *slice_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  const char *text;
  Py_ssize_t size;
  if (!PyArg_ParseTuple(args, "y#:Slice", &text, &size)) {
    return NULL;
  }
  block *b = PyMem_RawCalloc(1, sizeof(block) + (size_t)size);
  if (b == NULL) {
    return PyErr_NoMemory();
  }
  b->nrefs = 1;
  b->size = size;
  memcpy(b->bytes, text, (size_t)size);
  PyObject *slice = slice_make(type, b, 0, size);
  BLOCK_RELEASE(b);
  return slice;
}

static void slice_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  block *b = ((Slice *)op)->block;
  if (b != NULL) {
    BLOCK_RELEASE(b);
  }
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *slice_tail(Slice *self, PyObject *unused) {
  Py_ssize_t from = self->from < self->to ? self->from + 1 : self->to;
  return slice_make(Py_TYPE(self), self->block, from, self->to);
}

static PyObject *slice_bytes(Slice *self, PyObject *unused) {
  return PyBytes_FromStringAndSize(self->block->bytes + self->from, self->to - self->from);
}

static PyMethodDef slice_methods[] = {
    {"tail", (PyCFunction)slice_tail, METH_NOARGS, NULL},
    {"bytes", (PyCFunction)slice_bytes, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot slice_slots[] = {
    {Py_tp_new, slice_new},
    {Py_tp_dealloc, slice_dealloc},
    {Py_tp_methods, slice_methods},
    {0, NULL},
};

static PyType_Spec slice_spec = {
    .name = "macro.Slice",
    .basicsize = sizeof(Slice),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = slice_slots,
};

static int add_types(PyObject *module) {
  PyObject *type = PyType_FromSpec(&slice_spec);
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
    .m_name = "own_reference_count_macro_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_own_reference_count_macro_bad(void) {
  return PyModuleDef_Init(&moduledef);
}
