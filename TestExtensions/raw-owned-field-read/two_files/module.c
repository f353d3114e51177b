// The struct is in the header; here the field is replaced, and read in next.c.
#include <Python.h>
#include "counter.h"

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

static void counter_dealloc(PyObject *object) {
  Counter *self = (Counter *)object;
  PyTypeObject *type = Py_TYPE(object);
  Py_XDECREF(self->step);
  type->tp_free(object);
  Py_DECREF(type);
}

static int counter_set_step(PyObject *op, PyObject *value, void *closure) {
  Counter *self = (Counter *)op;
  Py_BEGIN_CRITICAL_SECTION(op);
  Py_XSETREF(self->step, Py_XNewRef(value));
  Py_END_CRITICAL_SECTION();
  return 0;
}

static PyGetSetDef counter_getset[] = {
    {"step", NULL, counter_set_step, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyMethodDef counter_methods[] = {
    {"next", raw_owned_field_read_two_files_next, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot counter_slots[] = {
    {Py_tp_dealloc, counter_dealloc},
    {Py_tp_getset, counter_getset},
    {Py_tp_methods, counter_methods},
    {0, NULL},
};

static PyType_Spec counter_spec = {
    .name = "two_files.Counter",
    .basicsize = sizeof(Counter),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = counter_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&counter_spec);
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
    .m_name = "raw_owned_field_read_two_files",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_raw_owned_field_read_two_files(void) {
  return PyModuleDef_Init(&definition);
}
