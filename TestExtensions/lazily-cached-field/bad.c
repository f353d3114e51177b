// The table is made by the first search; two first searches make two, and one of them leaks.
#include <Python.h>
#include <stdlib.h>

typedef struct {
  PyObject_HEAD
  PyObject *needle;
  size_t *skip;  // expect: lazily-cached-field
} Searcher;

static PyObject *searcher_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  PyObject *needle;
  if (!PyArg_ParseTuple(args, "S:Searcher", &needle)) {
    return NULL;
  }
  Searcher *self = (Searcher *)type->tp_alloc(type, 0);
  if (self != NULL) {
    self->needle = Py_NewRef(needle);
  }
  return (PyObject *)self;
}

static void searcher_dealloc(PyObject *op) {
  Searcher *self = (Searcher *)op;
  PyTypeObject *type = Py_TYPE(op);
  Py_XDECREF(self->needle);
  free(self->skip);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *searcher_shift(Searcher *self, PyObject *arg) {
  const char *needle = PyBytes_AS_STRING(self->needle);
  size_t length = (size_t)PyBytes_GET_SIZE(self->needle);
  long byte = PyLong_AsLong(arg);
  if (byte < 0 || byte > 255) {
    if (!PyErr_Occurred()) {
      PyErr_SetString(PyExc_ValueError, "a byte");
    }
    return NULL;
  }
  if (self->skip == NULL) {
    self->skip = malloc(256 * sizeof(size_t));
    if (self->skip == NULL) {
      return PyErr_NoMemory();
    }
    for (size_t i = 0; i < 256; i++) {
      self->skip[i] = length;
    }
    for (size_t i = 0; i + 1 < length; i++) {
      self->skip[(unsigned char)needle[i]] = length - 1 - i;
    }
  }
  return PyLong_FromSize_t(self->skip[byte]);
}

static PyMethodDef searcher_methods[] = {
    {"shift", (PyCFunction)searcher_shift, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot searcher_slots[] = {
    {Py_tp_new, searcher_new},
    {Py_tp_dealloc, searcher_dealloc},
    {Py_tp_methods, searcher_methods},
    {0, NULL},
};

static PyType_Spec searcher_spec = {
    .name = "bad.Searcher",
    .basicsize = sizeof(Searcher),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = searcher_slots,
};

static int add_types(PyObject *module) {
  PyObject *type = PyType_FromSpec(&searcher_spec);
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
    .m_name = "lazily_cached_field_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lazily_cached_field_bad(void) {
  return PyModuleDef_Init(&moduledef);
}
