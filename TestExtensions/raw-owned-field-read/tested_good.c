// Outside the lock the field is only compared and tested; the object in it is not touched.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject_HEAD
  PyObject *owner;
} Lease;

static void lease_dealloc(PyObject *object) {
  Lease *self = (Lease *)object;
  PyTypeObject *type = Py_TYPE(object);
  Py_XDECREF(self->owner);
  type->tp_free(object);
  Py_DECREF(type);
}

static PyObject *lease_take(PyObject *op, PyObject *owner) {
  Lease *self = (Lease *)op;
  PyObject *old;
  Py_BEGIN_CRITICAL_SECTION(self);
  old = self->owner;
  self->owner = Py_NewRef(owner);
  Py_END_CRITICAL_SECTION();
  return old != NULL ? old : Py_NewRef(Py_None);
}

static PyObject *lease_is_taken(PyObject *op, PyObject *unused) {
  return PyBool_FromLong(((Lease *)op)->owner != NULL);
}

static PyObject *lease_is_mine(PyObject *op, PyObject *who) {
  Lease *self = (Lease *)op;
  return PyBool_FromLong(self->owner == who);
}

static PyMethodDef lease_methods[] = {
    {"take", lease_take, METH_O, NULL},
    {"is_taken", lease_is_taken, METH_NOARGS, NULL},
    {"is_mine", lease_is_mine, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot lease_slots[] = {
    {Py_tp_dealloc, lease_dealloc},
    {Py_tp_methods, lease_methods},
    {0, NULL},
};

static PyType_Spec lease_spec = {
    .name = "tested.Lease",
    .basicsize = sizeof(Lease),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = lease_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&lease_spec);
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "raw_owned_field_read_tested_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_raw_owned_field_read_tested_good(void) {
  return PyModuleDef_Init(&definition);
}
