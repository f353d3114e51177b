// A node from the list of unused ones gets its count set by hand, as if it were new.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  long value;
} Token;

static PyTypeObject *token_type;

static void token_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  PyObject_Free(op);
  Py_DECREF(type);
}

static PyType_Slot token_slots[] = {
    {Py_tp_dealloc, token_dealloc},
    {0, NULL},
};

static PyType_Spec token_spec = {
    .name = "set_refcount.Token",
    .basicsize = sizeof(Token),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = token_slots,
};

static int exec_module(PyObject *module) {
  token_type = (PyTypeObject *)PyType_FromSpec(&token_spec);
  return token_type == NULL ? -1 : 0;
}

static PyObject *token(PyObject *module, PyObject *number) {
  long value = PyLong_AsLong(number);
  if (value == -1 && PyErr_Occurred()) {
    return NULL;
  }
  Token *self = PyObject_New(Token, token_type);
  if (self == NULL) {
    return NULL;
  }
  self->value = value;
  // expect-missing: object-header-access  nobody else has the object yet: no thread can be wrong
  Py_SET_REFCNT(self, 2);
  Py_DECREF(self);
  return (PyObject *)self;
}

static PyMethodDef methods[] = {
    {"token", token, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "object_header_access_set_refcount_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_object_header_access_set_refcount_bad(void) {
  return PyModuleDef_Init(&definition);
}
