// To wait for the second account may suspend the section of the first: the sum can be of two times.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#define Py_BEGIN_CRITICAL_SECTION2(one, two) {
#define Py_END_CRITICAL_SECTION2() }
#endif

typedef struct {
  PyObject_HEAD
  long long balance;
} Account;

static PyObject *account_deposit(PyObject *op, PyObject *amount) {
  long long cents = PyLong_AsLongLong(amount);
  if (cents == -1 && PyErr_Occurred()) {
    return NULL;
  }
  Py_BEGIN_CRITICAL_SECTION(op);
  ((Account *)op)->balance += cents;
  Py_END_CRITICAL_SECTION();
  Py_RETURN_NONE;
}

static PyObject *account_transfer(PyObject *op, PyObject *args) {
  Account *self = (Account *)op;
  PyObject *target;
  long long cents;
  int covered = 0;
  if (!PyArg_ParseTuple(args, "O!L", Py_TYPE(op), &target, &cents)) {
    return NULL;
  }
  Py_BEGIN_CRITICAL_SECTION(op);
  if (self->balance >= cents) {
    Py_BEGIN_CRITICAL_SECTION(target);  // expect: nested-critical-sections
    ((Account *)target)->balance += cents;
    self->balance -= cents;
    covered = 1;
    Py_END_CRITICAL_SECTION();
  }
  Py_END_CRITICAL_SECTION();
  return PyBool_FromLong(covered);
}

static PyMethodDef account_methods[] = {
    {"deposit", account_deposit, METH_O, NULL},
    {"transfer", account_transfer, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot account_slots[] = {
    {Py_tp_methods, account_methods},
    {0, NULL},
};

static PyType_Spec account_spec = {
    .name = "bad.Account",
    .basicsize = sizeof(Account),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = account_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&account_spec);
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
    .m_name = "nested_critical_sections_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_nested_critical_sections_bad(void) {
  return PyModuleDef_Init(&definition);
}
