// The memory is resized two helpers below append and clear, and read one helper below the item.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  Py_ssize_t used;
  Py_ssize_t room;
  double *items;  // expect: resizable-buffer
} Vector;

static int resize_storage(Vector *self, Py_ssize_t room) {
  double *items = PyMem_RawRealloc(self->items, (size_t)room * sizeof(double));
  if (items == NULL) {
    PyErr_NoMemory();
    return -1;
  }
  self->items = items;
  self->room = room;
  return 0;
}

static int ensure_room(Vector *self, Py_ssize_t extra) {
  if (self->used + extra <= self->room) {
    return 0;
  }
  return resize_storage(self, self->room + (self->room >> 1) + extra);
}

static double load_item(const Vector *self, Py_ssize_t index) {
  return self->items[index];
}

static void vector_dealloc(PyObject *op) {
  PyMem_RawFree(((Vector *)op)->items);
  Py_TYPE(op)->tp_free(op);
}

static PyObject *vector_append(Vector *self, PyObject *value) {
  double number = PyFloat_AsDouble(value);
  if (number == -1.0 && PyErr_Occurred()) {
    return NULL;
  }
  if (ensure_room(self, 1) < 0) {
    return NULL;
  }
  self->items[self->used++] = number;
  Py_RETURN_NONE;
}

static Py_ssize_t vector_length(PyObject *op) {
  return ((Vector *)op)->used;
}

static PyObject *vector_item(PyObject *op, Py_ssize_t index) {
  Vector *self = (Vector *)op;
  if (index < 0 || index >= self->used) {
    PyErr_SetString(PyExc_IndexError, "vector index out of range");
    return NULL;
  }
  return PyFloat_FromDouble(load_item(self, index));
}

static PyMethodDef vector_methods[] = {
    {"append", (PyCFunction)vector_append, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PySequenceMethods vector_as_sequence = {
    .sq_length = vector_length,
    .sq_item = vector_item,
};

static PyTypeObject Vector_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "helper.Vector",
    .tp_basicsize = sizeof(Vector),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_dealloc = vector_dealloc,
    .tp_methods = vector_methods,
    .tp_as_sequence = &vector_as_sequence,
    .tp_new = PyType_GenericNew,
};

static int exec_module(PyObject *module) {
  return PyModule_AddType(module, &Vector_Type);
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
    .m_name = "resizable_buffer_helper_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_resizable_buffer_helper_bad(void) {
  return PyModuleDef_Init(&definition);
}
