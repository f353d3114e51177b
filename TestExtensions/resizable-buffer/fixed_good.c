// The memory is allocated once and given back with the object; only a counter changes, atomically.
#include <Python.h>
#include <stdatomic.h>

typedef struct {
  PyObject_HEAD
  const char *bytes;
  Py_ssize_t size;
  atomic_long reads;
} Blob;

static PyObject *blob_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  const char *text;
  Py_ssize_t size;
  if (!PyArg_ParseTuple(args, "y#:Blob", &text, &size)) {
    return NULL;
  }
  Blob *self = (Blob *)type->tp_alloc(type, 0);
  if (self == NULL) {
    return NULL;
  }
  char *copy = PyMem_Malloc((size_t)size + 1);
  if (copy == NULL) {
    Py_DECREF(self);
    return PyErr_NoMemory();
  }
  char *fitting = PyMem_Realloc(copy, (size_t)size + 1);
  copy = fitting != NULL ? fitting : copy;
  memcpy(copy, text, (size_t)size);
  copy[size] = '\0';
  self->bytes = copy;
  self->size = size;
  return (PyObject *)self;
}

static void blob_dealloc(PyObject *op) {
  Blob *self = (Blob *)op;
  PyTypeObject *type = Py_TYPE(op);
  PyMem_Free((void *)self->bytes);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *blob_item(PyObject *op, Py_ssize_t index) {
  Blob *self = (Blob *)op;
  if (index < 0 || index >= self->size) {
    PyErr_SetString(PyExc_IndexError, "out of range");
    return NULL;
  }
  atomic_fetch_add(&self->reads, 1);
  return PyLong_FromLong((unsigned char)self->bytes[index]);
}

static int blob_getbuffer(PyObject *op, Py_buffer *view, int flags) {
  Blob *self = (Blob *)op;
  return PyBuffer_FillInfo(view, op, (void *)self->bytes, self->size, 1, flags);
}

static PyObject *blob_upper(Blob *self, PyObject *unused) {
  char *copy = PyMem_Malloc((size_t)self->size);
  if (copy == NULL) {
    return PyErr_NoMemory();
  }
  for (Py_ssize_t i = 0; i < self->size; i++) {
    copy[i] = (char)Py_TOUPPER(self->bytes[i]);
  }
  PyObject *result = PyBytes_FromStringAndSize(copy, self->size);
  PyMem_Free(copy);
  return result;
}

static PyMethodDef blob_methods[] = {
    {"upper", (PyCFunction)blob_upper, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot blob_slots[] = {
    {Py_tp_new, blob_new},
    {Py_tp_dealloc, blob_dealloc},
    {Py_tp_methods, blob_methods},
    {Py_sq_item, blob_item},
    {Py_bf_getbuffer, blob_getbuffer},
    {0, NULL},
};

static PyType_Spec blob_spec = {
    .name = "fixed.Blob",
    .basicsize = sizeof(Blob),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = blob_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&blob_spec);
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
    .m_name = "resizable_buffer_fixed_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_resizable_buffer_fixed_good(void) {
  return PyModuleDef_Init(&definition);
}
