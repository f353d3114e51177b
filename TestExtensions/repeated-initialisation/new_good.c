// tp_new does all of it; __init__ only looks at the arguments, so a second call changes nothing.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  Py_ssize_t size;
  unsigned char *table;
} Permutation;

static PyObject *permutation_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  Py_ssize_t size;
  if (!PyArg_ParseTuple(args, "n:Permutation", &size)) {
    return NULL;
  }
  Permutation *self = (Permutation *)type->tp_alloc(type, 0);
  if (self == NULL) {
    return NULL;
  }
  self->size = size < 1 ? 1 : size > 256 ? 256 : size;
  self->table = PyMem_Malloc((size_t)self->size);
  if (self->table == NULL) {
    Py_DECREF(self);
    return PyErr_NoMemory();
  }
  for (Py_ssize_t i = 0; i < self->size; i++) {
    self->table[i] = (unsigned char)(self->size - 1 - i);
  }
  return (PyObject *)self;
}

static int permutation_init(PyObject *op, PyObject *args, PyObject *kwargs) {
  Permutation *self = (Permutation *)op;
  if (kwargs != NULL && PyDict_Size(kwargs) > 0) {
    PyErr_SetString(PyExc_TypeError, "no keywords");
    return -1;
  }
  return self->table != NULL && self->size > 0 ? 0 : -1;
}

static void permutation_dealloc(PyObject *op) {
  Permutation *self = (Permutation *)op;
  PyTypeObject *type = Py_TYPE(op);
  PyMem_Free(self->table);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *permutation_item(PyObject *op, Py_ssize_t index) {
  Permutation *self = (Permutation *)op;
  if (index < 0 || index >= self->size) {
    PyErr_SetString(PyExc_IndexError, "out of range");
    return NULL;
  }
  return PyLong_FromLong(self->table[index]);
}

static PyType_Slot permutation_slots[] = {
    {Py_tp_new, permutation_new},
    {Py_tp_init, permutation_init},
    {Py_tp_dealloc, permutation_dealloc},
    {Py_sq_item, permutation_item},
    {0, NULL},
};

static PyType_Spec permutation_spec = {
    .name = "new.Permutation",
    .basicsize = sizeof(Permutation),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = permutation_slots,
};

static int add_types(PyObject *module) {
  PyObject *type = PyType_FromSpec(&permutation_spec);
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
    .m_name = "repeated_initialisation_new_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_repeated_initialisation_new_good(void) {
  return PyModuleDef_Init(&moduledef);
}
