// The inner section is the last thing in the outer one: what the outer protects is not used any more.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject_HEAD
  long number;
} Ticket;

static PyObject *ticket_stamp(PyObject *op, PyObject *list) {
  Ticket *self = (Ticket *)op;
  Py_ssize_t size = 0;
  if (!PyList_Check(list)) {
    PyErr_SetString(PyExc_TypeError, "a list");
    return NULL;
  }
  Py_BEGIN_CRITICAL_SECTION(op);
  self->number++;
  Py_BEGIN_CRITICAL_SECTION(list);
  size = PyList_GET_SIZE(list);
  Py_END_CRITICAL_SECTION();
  Py_END_CRITICAL_SECTION();
  return PyLong_FromSsize_t(size);
}

static PyObject *ticket_number(PyObject *op, PyObject *unused) {
  long number;
  Py_BEGIN_CRITICAL_SECTION(op);
  number = ((Ticket *)op)->number;
  Py_END_CRITICAL_SECTION();
  return PyLong_FromLong(number);
}

static PyMethodDef ticket_methods[] = {
    {"stamp", ticket_stamp, METH_O, NULL},
    {"number", ticket_number, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot ticket_slots[] = {
    {Py_tp_methods, ticket_methods},
    {0, NULL},
};

static PyType_Spec ticket_spec = {
    .name = "tail_good.Ticket",
    .basicsize = sizeof(Ticket),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = ticket_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&ticket_spec);
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
    .m_name = "nested_critical_sections_tail_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_nested_critical_sections_tail_good(void) {
  return PyModuleDef_Init(&definition);
}
