// An object of the package has an array with the same names, and a list that is new has no other users.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject_VAR_HEAD
  double *ob_item;
  Py_ssize_t allocated, used;
} Vector;

static void vector_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  PyMem_Free(((Vector *)op)->ob_item);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *vector_append(PyObject *op, PyObject *number) {
  Vector *self = (Vector *)op;
  double value = PyFloat_AsDouble(number);
  if (value == -1.0 && PyErr_Occurred()) {
    return NULL;
  }
  int failed = 0;
  Py_BEGIN_CRITICAL_SECTION(op);
  if (self->used == self->allocated) {
    Py_ssize_t allocated = 2 * self->allocated + 4;
    double *grown = PyMem_Realloc(self->ob_item, allocated * sizeof(double));
    if (grown == NULL) {
      failed = 1;
    } else {
      self->ob_item = grown;
      self->allocated = allocated;
    }
  }
  if (!failed) {
    self->ob_item[self->used++] = value;
  }
  Py_END_CRITICAL_SECTION();
  return failed ? PyErr_NoMemory() : Py_NewRef(Py_None);
}

static PyObject *vector_tolist(PyObject *op, PyObject *unused) {
  Vector *self = (Vector *)op;
  PyObject *list = NULL;
  Py_BEGIN_CRITICAL_SECTION(op);
  list = PyList_New(self->used);
  for (Py_ssize_t i = 0; list != NULL && i < self->used; i++) {
    PyObject *item = PyFloat_FromDouble(self->ob_item[i]);
    if (item == NULL) {
      Py_CLEAR(list);
    } else {
      ((PyListObject *)list)->ob_item[i] = item;
    }
  }
  Py_END_CRITICAL_SECTION();
  return list;
}

static PyMethodDef vector_methods[] = {
    {"append", vector_append, METH_O, NULL},
    {"tolist", vector_tolist, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot vector_slots[] = {
    {Py_tp_dealloc, vector_dealloc},
    {Py_tp_methods, vector_methods},
    {0, NULL},
};

static PyType_Spec vector_spec = {
    .name = "own_good.Vector",
    .basicsize = sizeof(Vector),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = vector_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&vector_spec);
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
    .m_name = "raw_container_access_own_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_raw_container_access_own_good(void) {
  return PyModuleDef_Init(&definition);
}
