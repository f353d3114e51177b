// Each item of the array gets its reference: in the same loop, or in a second one.
#include <Python.h>

#define LIMIT 4

typedef struct {
  PyObject_HEAD
  Py_ssize_t size;
  PyObject *items[LIMIT];
} Bundle;

static PyObject *bundle_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  Bundle *self = (Bundle *)type->tp_alloc(type, 0);
  if (self == NULL) {
    return NULL;
  }
  self->size = PyTuple_GET_SIZE(args) < LIMIT ? PyTuple_GET_SIZE(args) : LIMIT;
  for (Py_ssize_t i = 0; i < self->size; i++) {
    PyObject *item = PyTuple_GET_ITEM(args, i);
    Py_INCREF(item);
    self->items[i] = item;
  }
  return (PyObject *)self;
}

static void bundle_dealloc(PyObject *op) {
  Bundle *self = (Bundle *)op;
  PyTypeObject *type = Py_TYPE(op);
  for (Py_ssize_t i = 0; i < self->size; i++) {
    Py_DECREF(self->items[i]);
  }
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *bundle_last(PyObject *op, PyObject *unused) {
  Bundle *self = (Bundle *)op;
  return Py_NewRef(self->size > 0 ? self->items[self->size - 1] : Py_None);
}

static PyMethodDef bundle_methods[] = {
    {"last", bundle_last, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot bundle_slots[] = {
    {Py_tp_new, bundle_new},
    {Py_tp_dealloc, bundle_dealloc},
    {Py_tp_methods, bundle_methods},
    {0, NULL},
};

static PyType_Spec bundle_spec = {
    .name = "loop.Bundle",
    .basicsize = sizeof(Bundle),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = bundle_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&bundle_spec);
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
    .m_name = "stored_borrowed_reference_loop_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_stored_borrowed_reference_loop_good(void) {
  return PyModuleDef_Init(&definition);
}
