// Plain stores only while nobody else has the object, and a plain load when it dies.
#include <Python.h>
#include <stdlib.h>

static long live;
static long *first_slot;

typedef struct {
  PyObject_HEAD
  long uses;
} Token;

static PyObject *token_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  Token *self = (Token *)type->tp_alloc(type, 0);
  if (self != NULL) {
    self->uses = 1;
    __atomic_add_fetch(&live, 1, __ATOMIC_RELAXED);
  }
  return (PyObject *)self;
}

static void token_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  if (((Token *)op)->uses > 1) {
    __atomic_sub_fetch(&live, 1, __ATOMIC_RELAXED);
  }
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *token_use(PyObject *op, PyObject *unused) {
  Token *self = (Token *)op;
  return PyLong_FromLong(__atomic_add_fetch(&self->uses, 1, __ATOMIC_RELAXED));
}

static PyMethodDef token_methods[] = {
    {"use", token_use, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot token_slots[] = {
    {Py_tp_new, token_new},
    {Py_tp_dealloc, token_dealloc},
    {Py_tp_methods, token_methods},
    {0, NULL},
};

static PyType_Spec token_spec = {
    .name = "init_good.Token",
    .basicsize = sizeof(Token),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = token_slots,
};

static int exec_both(PyObject *module) {
  live = 0;
  first_slot = &live;
  PyObject *type = PyType_FromSpec(&token_spec);
  if (type == NULL || *first_slot != 0) {
    Py_XDECREF(type);
    return -1;
  }
  int result = PyModule_AddType(module, (PyTypeObject *)type);
  Py_DECREF(type);
  return result;
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_both},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "mixed_atomic_access_init_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_mixed_atomic_access_init_good(void) {
  return PyModuleDef_Init(&definition);
}
