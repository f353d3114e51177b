// One after the other: the other's number is taken out in its section, and used in the first's.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject_HEAD
  long amount;
  long id;
} Purse;

static PyTypeObject Purse_Type;

static long take_all(Purse *purse) {
  long amount;
  Py_BEGIN_CRITICAL_SECTION(purse);
  amount = purse->amount;
  purse->amount = 0;
  Py_END_CRITICAL_SECTION();
  return amount;
}

static void put(Purse *purse, long amount) {
  Py_BEGIN_CRITICAL_SECTION(purse);
  purse->amount += amount;
  Py_END_CRITICAL_SECTION();
}

static PyObject *purse_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  long id = 0;
  if (!PyArg_ParseTuple(args, "|l:Purse", &id)) {
    return NULL;
  }
  Purse *self = (Purse *)type->tp_alloc(type, 0);
  if (self != NULL) {
    self->id = id;
  }
  return (PyObject *)self;
}

static PyObject *purse_take(Purse *self, PyObject *other) {
  if (!PyObject_TypeCheck(other, &Purse_Type)) {
    PyErr_SetString(PyExc_TypeError, "a purse");
    return NULL;
  }
  put(self, take_all((Purse *)other));
  Py_RETURN_NONE;
}

static PyObject *purse_copy(Purse *self, PyObject *unused) {
  Purse *copy = PyObject_New(Purse, &Purse_Type);
  if (copy == NULL) {
    return NULL;
  }
  Py_BEGIN_CRITICAL_SECTION(self);
  copy->amount = self->amount;  // nobody else has the copy yet
  copy->id = self->id;
  Py_END_CRITICAL_SECTION();
  return (PyObject *)copy;
}

static PyObject *purse_richcompare(PyObject *left, PyObject *right, int op) {
  if (!PyObject_TypeCheck(right, &Purse_Type)) {
    Py_RETURN_NOTIMPLEMENTED;
  }
  const Purse *self = (Purse *)left, *other = (Purse *)right;
  int order;
  Py_BEGIN_CRITICAL_SECTION(left);
  order = (self->id > other->id) - (self->id < other->id);  // written by tp_new only
  Py_END_CRITICAL_SECTION();
  Py_RETURN_RICHCOMPARE(order, 0, op);
}

static PyMethodDef purse_methods[] = {
    {"take", (PyCFunction)purse_take, METH_O, NULL},
    {"copy", (PyCFunction)purse_copy, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject Purse_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "snapshot.Purse",
    .tp_basicsize = sizeof(Purse),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = purse_new,
    .tp_richcompare = purse_richcompare,
    .tp_methods = purse_methods,
};

static int add_types(PyObject *module) {
  return PyModule_AddType(module, &Purse_Type);
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, add_types},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef moduledef = {
    PyModuleDef_HEAD_INIT,
    .m_name = "two_objects_one_lock_snapshot_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_two_objects_one_lock_snapshot_good(void) {
  return PyModuleDef_Init(&moduledef);
}
