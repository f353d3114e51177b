// A call replaces a slot of a type that is in use.
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
  return PyModule_AddType(module, &Token_Type);
}

static PyObject *set_verbose(PyObject *module, PyObject *flag) {
  Token_Type.tp_repr = PyObject_IsTrue(flag) ? token_repr : PyBaseObject_Type.tp_repr;
  PyType_Modified(&Token_Type);
  Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"set_verbose", set_verbose, METH_O, NULL},
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
    .m_name = "static_type_mutated_slot",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_type_mutated_slot(void) {
  return PyModuleDef_Init(&definition);
}
