// The method counts on its own, and Python code can set the number: two findings at one field.
#include <Python.h>
#include <structmember.h>

typedef struct {
  PyObject_HEAD
  // expect: exposed-member
  Py_ssize_t next_id;  // expect: unsynchronised-field
} Issuer;

static void issuer_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *issuer_issue(Issuer *self, PyObject *unused) {
  return PyLong_FromSsize_t(self->next_id++);
}

static PyObject *issuer_reserve(Issuer *self, PyObject *arg) {
  Py_ssize_t count = PyLong_AsSsize_t(arg);
  if (count == -1 && PyErr_Occurred()) {
    return NULL;
  }
  Py_ssize_t first = self->next_id;
  self->next_id = first + count;
  return PyLong_FromSsize_t(first);
}

static PyMethodDef issuer_methods[] = {
    {"issue", (PyCFunction)issuer_issue, METH_NOARGS, NULL},
    {"reserve", (PyCFunction)issuer_reserve, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyMemberDef issuer_members[] = {
    {"next_id", T_PYSSIZET, offsetof(Issuer, next_id), 0, NULL},
    {NULL, 0, 0, 0, NULL},
};

static PyType_Slot issuer_slots[] = {
    {Py_tp_dealloc, issuer_dealloc},
    {Py_tp_methods, issuer_methods},
    {Py_tp_members, issuer_members},
    {0, NULL},
};

static PyType_Spec issuer_spec = {
    .name = "both.Issuer",
    .basicsize = sizeof(Issuer),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = issuer_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&issuer_spec);
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
    .m_name = "exposed_member_both_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_exposed_member_both_bad(void) {
  return PyModuleDef_Init(&definition);
}
