// Free-threaded builds make the type ready when it is first needed.
#include <Python.h>

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

static int exec_module(PyObject *module) {
  Token_Type.tp_repr = token_repr;
#ifdef Py_GIL_DISABLED
  return 0;
#else
  return PyType_Ready(&Token_Type);
#endif
}

static PyObject *token(PyObject *module, PyObject *unused) {
#ifdef Py_GIL_DISABLED
  if (PyType_Ready(&Token_Type) < 0) {
    return NULL;
  }
#endif
  return PyType_GenericAlloc(&Token_Type, 0);
}

static PyMethodDef methods[] = {
    {"token", token, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "static_type_mutated_ifdef",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_type_mutated_ifdef(void) {
  return PyModuleDef_Init(&definition);
}
