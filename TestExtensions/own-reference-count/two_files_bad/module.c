// The counting is in node.c.
#include <Python.h>

#include "node.h"

typedef struct {
  PyObject_HEAD
  node *first;
} List;

static PyObject *list_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  return type->tp_alloc(type, 0);
}

static void list_dealloc(PyObject *op) {
  List *self = (List *)op;
  PyTypeObject *type = Py_TYPE(op);
  own_reference_count_two_files_bad_drop(self->first);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *list_with(List *self, PyObject *arg) {
  long key = PyLong_AsLong(arg);
  if (key == -1 && PyErr_Occurred()) {
    return NULL;
  }
  node *first = own_reference_count_two_files_bad_make(key, self->first);
  if (first == NULL) {
    return PyErr_NoMemory();
  }
  List *list = (List *)Py_TYPE(self)->tp_alloc(Py_TYPE(self), 0);
  if (list == NULL) {
    own_reference_count_two_files_bad_drop(first);
    return NULL;
  }
  list->first = first;
  return (PyObject *)list;
}

static PyObject *list_head(List *self, PyObject *unused) {
  return PyLong_FromLong(self->first != NULL ? self->first->key : 0);
}

static PyMethodDef list_methods[] = {
    {"with", (PyCFunction)list_with, METH_O, NULL},
    {"head", (PyCFunction)list_head, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot list_slots[] = {
    {Py_tp_new, list_new},
    {Py_tp_dealloc, list_dealloc},
    {Py_tp_methods, list_methods},
    {0, NULL},
};

static PyType_Spec list_spec = {
    .name = "two_files.List",
    .basicsize = sizeof(List),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = list_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&list_spec);
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "own_reference_count_two_files_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_own_reference_count_two_files_bad(void) {
  return PyModuleDef_Init(&definition);
}
