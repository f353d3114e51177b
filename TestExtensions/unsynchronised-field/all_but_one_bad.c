// All methods hold the object's critical section, but the one that was added last.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject_HEAD
  long long balance;  // expect: unsynchronised-field
  PyObject *owner;
} Account;

static PyObject *account_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  PyObject *owner;
  if (!PyArg_ParseTuple(args, "U:Account", &owner)) {
    return NULL;
  }
  Account *self = (Account *)type->tp_alloc(type, 0);
  if (self != NULL) {
    self->owner = Py_NewRef(owner);
  }
  return (PyObject *)self;
}

static void account_dealloc(PyObject *op) {
  Account *self = (Account *)op;
  PyTypeObject *type = Py_TYPE(op);
  Py_XDECREF(self->owner);
  type->tp_free(op);
  Py_DECREF(type);
}

static int amount_from(PyObject *value, long long *amount) {
  *amount = PyLong_AsLongLong(value);
  return *amount == -1 && PyErr_Occurred() ? -1 : 0;
}

static PyObject *account_deposit(Account *self, PyObject *value) {
  long long amount;
  if (amount_from(value, &amount) < 0) {
    return NULL;
  }
  Py_BEGIN_CRITICAL_SECTION(self);
  self->balance += amount;
  Py_END_CRITICAL_SECTION();
  Py_RETURN_NONE;
}

static PyObject *account_withdraw(Account *self, PyObject *value) {
  long long amount;
  int done = 0;
  if (amount_from(value, &amount) < 0) {
    return NULL;
  }
  Py_BEGIN_CRITICAL_SECTION(self);
  if (self->balance >= amount) {
    self->balance -= amount;
    done = 1;
  }
  Py_END_CRITICAL_SECTION();
  return PyBool_FromLong(done);
}

static PyObject *account_get_balance(Account *self, void *closure) {
  long long balance;
  Py_BEGIN_CRITICAL_SECTION(self);
  balance = self->balance;
  Py_END_CRITICAL_SECTION();
  return PyLong_FromLongLong(balance);
}

static PyObject *account_charge_fee(Account *self, PyObject *value) {
  long long fee;
  if (amount_from(value, &fee) < 0) {
    return NULL;
  }
  self->balance -= fee;
  Py_RETURN_NONE;
}

static PyMethodDef account_methods[] = {
    {"deposit", (PyCFunction)account_deposit, METH_O, NULL},
    {"withdraw", (PyCFunction)account_withdraw, METH_O, NULL},
    {"charge_fee", (PyCFunction)account_charge_fee, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};
static PyGetSetDef account_getset[] = {
    {"balance", (getter)account_get_balance, NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot account_slots[] = {
    {Py_tp_new, account_new},
    {Py_tp_dealloc, account_dealloc},
    {Py_tp_methods, account_methods},
    {Py_tp_getset, account_getset},
    {0, NULL},
};

static PyType_Spec account_spec = {
    .name = "all_but_one.Account",
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
    .m_name = "unsynchronised_field_all_but_one_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unsynchronised_field_all_but_one_bad(void) {
  return PyModuleDef_Init(&definition);
}
