// The lock is that of the new value; and in the other method it ends before the old one is dropped
// out of the field.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject_HEAD
  PyObject *head;  // expect: racy-field-replacement
  PyObject *tail;  // expect: racy-field-replacement
} Chain;

static void chain_dealloc(PyObject *object) {
  Chain *self = (Chain *)object;
  PyTypeObject *type = Py_TYPE(object);
  Py_XDECREF(self->head);
  Py_XDECREF(self->tail);
  type->tp_free(object);
  Py_DECREF(type);
}

static PyObject *chain_push(PyObject *op, PyObject *value) {
  Chain *self = (Chain *)op;
  Py_BEGIN_CRITICAL_SECTION(value);
  Py_XSETREF(self->head, Py_NewRef(value));
  Py_END_CRITICAL_SECTION();
  Py_RETURN_NONE;
}

static PyObject *chain_cut(PyObject *op, PyObject *unused) {
  Chain *self = (Chain *)op;
  int empty;
  Py_BEGIN_CRITICAL_SECTION(op);
  empty = self->tail == NULL;
  Py_END_CRITICAL_SECTION();
  if (!empty) {
    Py_CLEAR(self->tail);
  }
  Py_RETURN_NONE;
}

static PyObject *chain_extend(PyObject *op, PyObject *value) {
  Chain *self = (Chain *)op;
  Py_BEGIN_CRITICAL_SECTION(op);
  Py_XSETREF(self->tail, Py_NewRef(value));
  Py_END_CRITICAL_SECTION();
  Py_RETURN_NONE;
}

static PyMethodDef chain_methods[] = {
    {"push", chain_push, METH_O, NULL},
    {"cut", chain_cut, METH_NOARGS, NULL},
    {"extend", chain_extend, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot chain_slots[] = {
    {Py_tp_dealloc, chain_dealloc},
    {Py_tp_methods, chain_methods},
    {0, NULL},
};

static PyType_Spec chain_spec = {
    .name = "lock_of_value.Chain",
    .basicsize = sizeof(Chain),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = chain_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&chain_spec);
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
    .m_name = "racy_field_replacement_lock_of_value",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_racy_field_replacement_lock_of_value(void) {
  return PyModuleDef_Init(&definition);
}
