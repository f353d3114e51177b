// The section on the object is the lock that the descriptor of the member takes.
#include <Python.h>
#include <structmember.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject_HEAD
  PyObject *last;
} Monitor;

static void monitor_dealloc(PyObject *op) {
  Monitor *self = (Monitor *)op;
  PyTypeObject *type = Py_TYPE(op);
  Py_XDECREF(self->last);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *monitor_observe(Monitor *self, PyObject *value) {
  PyObject *old;
  Py_INCREF(value);
  Py_BEGIN_CRITICAL_SECTION(self);
  old = self->last;
  self->last = value;
  Py_END_CRITICAL_SECTION();
  Py_XDECREF(old);
  Py_RETURN_NONE;
}

static PyObject *monitor_reset(Monitor *self, PyObject *unused) {
  PyObject *old;
  Py_BEGIN_CRITICAL_SECTION(self);
  old = self->last;
  self->last = NULL;
  Py_END_CRITICAL_SECTION();
  Py_XDECREF(old);
  Py_RETURN_NONE;
}

static PyMethodDef monitor_methods[] = {
    {"observe", (PyCFunction)monitor_observe, METH_O, NULL},
    {"reset", (PyCFunction)monitor_reset, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyMemberDef monitor_members[] = {
    {"last", T_OBJECT_EX, offsetof(Monitor, last), READONLY, "the value observed last"},
    {NULL, 0, 0, 0, NULL},
};

static PyType_Slot monitor_slots[] = {
    {Py_tp_dealloc, monitor_dealloc},
    {Py_tp_methods, monitor_methods},
    {Py_tp_members, monitor_members},
    {0, NULL},
};

static PyType_Spec monitor_spec = {
    .name = "good.Monitor",
    .basicsize = sizeof(Monitor),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = monitor_slots,
};

static int add_types(PyObject *module) {
  PyObject *type = PyType_FromSpec(&monitor_spec);
  if (type == NULL) {
    return -1;
  }
  int result = PyModule_AddType(module, (PyTypeObject *)type);
  Py_DECREF(type);
  return result;
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
    .m_name = "exposed_member_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_exposed_member_good(void) {
  return PyModuleDef_Init(&moduledef);
}
