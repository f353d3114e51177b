// The array is filled by tp_new and never changes; another is local to the call.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  Py_ssize_t count;
  PyObject **fields;
} Row;

static PyObject *row_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  Row *self = (Row *)type->tp_alloc(type, 0);
  if (self == NULL) {
    return NULL;
  }
  Py_ssize_t count = PyTuple_GET_SIZE(args);
  self->fields = PyMem_Calloc((size_t)count + 1, sizeof(PyObject *));
  if (self->fields == NULL) {
    Py_DECREF(self);
    return PyErr_NoMemory();
  }
  for (Py_ssize_t i = 0; i < count; i++) {
    self->fields[self->count++] = Py_NewRef(PyTuple_GET_ITEM(args, i));
  }
  return (PyObject *)self;
}

static void row_dealloc(PyObject *op) {
  Row *self = (Row *)op;
  PyTypeObject *type = Py_TYPE(op);
  while (self->count > 0) {
    Py_DECREF(self->fields[--self->count]);
  }
  PyMem_Free(self->fields);
  type->tp_free(op);
  Py_DECREF(type);
}

static Py_ssize_t row_length(PyObject *op) {
  return ((Row *)op)->count;
}

static PyObject *row_item(PyObject *op, Py_ssize_t index) {
  Row *self = (Row *)op;
  if (index < 0 || index >= self->count) {
    PyErr_SetString(PyExc_IndexError, "no such field");
    return NULL;
  }
  return Py_NewRef(self->fields[index]);
}

static PyObject *row_joined(Row *self, PyObject *separator) {
  PyObject **parts = PyMem_Calloc((size_t)self->count + 1, sizeof(PyObject *));
  if (parts == NULL) {
    return PyErr_NoMemory();
  }
  Py_ssize_t made = 0;
  PyObject *tuple = NULL, *result = NULL;
  for (; made < self->count; made++) {
    parts[made] = PyObject_Str(self->fields[made]);
    if (parts[made] == NULL) {
      goto done;
    }
  }
  tuple = PyTuple_New(made);
  for (Py_ssize_t i = 0; tuple != NULL && i < made; i++) {
    PyTuple_SET_ITEM(tuple, i, Py_NewRef(parts[i]));
  }
  result = tuple != NULL ? PyUnicode_Join(separator, tuple) : NULL;
  Py_XDECREF(tuple);
done:
  while (made > 0) {
    Py_DECREF(parts[--made]);
  }
  PyMem_Free(parts);
  return result;
}

static PyMethodDef row_methods[] = {
    {"joined", (PyCFunction)row_joined, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot row_slots[] = {
    {Py_tp_new, row_new},
    {Py_tp_dealloc, row_dealloc},
    {Py_tp_methods, row_methods},
    {Py_sq_length, row_length},
    {Py_sq_item, row_item},
    {0, NULL},
};

static PyType_Spec row_spec = {
    .name = "frozen.Row",
    .basicsize = sizeof(Row),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = row_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&row_spec);
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
    .m_name = "array_of_objects_frozen_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_array_of_objects_frozen_good(void) {
  return PyModuleDef_Init(&definition);
}
