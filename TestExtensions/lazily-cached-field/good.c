// The table is asked for, made and published inside the object's section.
#include <Python.h>
#include <stdlib.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject_HEAD
  PyObject *needle;
  size_t *skip;
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

static size_t *make_table(const char *needle, size_t length) {
  size_t *skip = malloc(256 * sizeof(size_t));
  if (skip != NULL) {
    for (size_t i = 0; i < 256; i++) {
      skip[i] = length;
    }
    for (size_t i = 0; i + 1 < length; i++) {
      skip[(unsigned char)needle[i]] = length - 1 - i;
    }
  }
  return skip;
}

static PyObject *searcher_shift(Searcher *self, PyObject *arg) {
  long byte = PyLong_AsLong(arg);
  if (byte < 0 || byte > 255) {
    if (!PyErr_Occurred()) {
      PyErr_SetString(PyExc_ValueError, "a byte");
    }
    return NULL;
  }
  size_t shift = 0;
  int found = 0;
  Py_BEGIN_CRITICAL_SECTION(self);
  if (self->skip == NULL) {
    self->skip = make_table(PyBytes_AS_STRING(self->needle),
                            (size_t)PyBytes_GET_SIZE(self->needle));
  }
  if (self->skip != NULL) {
    shift = self->skip[byte];
    found = 1;
  }
  Py_END_CRITICAL_SECTION();
  return found ? PyLong_FromSize_t(shift) : PyErr_NoMemory();
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
    .name = "good.Searcher",
    .basicsize = sizeof(Searcher),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = searcher_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&searcher_spec);
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
    .m_name = "lazily_cached_field_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lazily_cached_field_good(void) {
  return PyModuleDef_Init(&definition);
}
