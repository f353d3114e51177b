// A macro makes the type ready where it is needed.
#include <Python.h>

#define READY(type) (((type).tp_flags & Py_TPFLAGS_READY) || PyType_Ready(&(type)) == 0)

typedef struct {
  PyObject_HEAD
  int value;
} Token;

static PyObject *token_repr(PyObject *self) {
  return PyUnicode_FromFormat("Token(%d)", ((Token *)self)->value);
}

static PyTypeObject Token_Type = {  // expect: static-type-mutated
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "tokens.Token",
    .tp_basicsize = sizeof(Token),
    .tp_flags = Py_TPFLAGS_DEFAULT,
};

static PyObject *token(PyObject *module, PyObject *unused) {
  if (!READY(Token_Type)) {
    return NULL;
  }
  return (PyObject *)PyObject_New(Token, &Token_Type);
}

static PyObject *show(PyObject *module, PyObject *object) {
  return token_repr(object);
}

static PyMethodDef methods[] = {
    {"token", token, METH_NOARGS, NULL},
    {"show", show, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "static_type_mutated_macro",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_type_mutated_macro(void) {
  return PyModuleDef_Init(&definition);
}
