// The items of the argument tuple go into an array in the object, one by one.
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
    self->items[i] = PyTuple_GET_ITEM(args, i);  // expect: stored-borrowed-reference
  }
  return (PyObject *)self;
}

static void bundle_dealloc(PyObject *object) {
  PyTypeObject *type = Py_TYPE(object);
  type->tp_free(object);
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "stored_borrowed_reference_loop",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_stored_borrowed_reference_loop(void) {
  return PyModuleDef_Init(&definition);
}
