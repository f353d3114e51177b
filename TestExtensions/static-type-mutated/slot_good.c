// What a slot does depends on an atomic flag; the slot stays.
#include <Python.h>
#include <stdatomic.h>

static atomic_int verbose;

typedef struct {
  PyObject_HEAD
  int value;
} Token;

static PyObject *token_repr(PyObject *self) {
  return PyUnicode_FromFormat("Token(%d)", ((Token *)self)->value);
}

static PyObject *switched_repr(PyObject *self) {
  return atomic_load(&verbose) ? token_repr(self) : PyUnicode_FromString("Token");
}

static PyTypeObject Token_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "tokens.Token",
    .tp_basicsize = sizeof(Token),
    .tp_flags = Py_TPFLAGS_DEFAULT,
};

static int exec_module(PyObject *module) {
  Token_Type.tp_repr = switched_repr;
  return PyModule_AddType(module, &Token_Type);
}

static PyObject *set_verbose(PyObject *module, PyObject *flag) {
  atomic_store(&verbose, PyObject_IsTrue(flag));
  Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"set_verbose", set_verbose, METH_O, NULL},
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
    .m_name = "static_type_mutated_slot_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_type_mutated_slot_good(void) {
  return PyModuleDef_Init(&definition);
}
