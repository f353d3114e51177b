// The value is added to in add.c and read here; the factor is never written again.
#include <Python.h>

#include "gauge.h"

static PyObject *gauge_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  double factor = 1.0;
  if (!PyArg_ParseTuple(args, "|d:Gauge", &factor)) {
    return NULL;
  }
  Gauge *self = (Gauge *)type->tp_alloc(type, 0);
  if (self != NULL) {
    self->factor = factor;
  }
  return (PyObject *)self;
}

static void gauge_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *gauge_float(PyObject *op) {
  return PyFloat_FromDouble(((Gauge *)op)->value);
}

static PyMethodDef gauge_methods[] = {
    {"add", unsynchronised_field_two_files_bad_add, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot gauge_slots[] = {
    {Py_tp_new, gauge_new},
    {Py_tp_dealloc, gauge_dealloc},
    {Py_tp_methods, gauge_methods},
    {Py_nb_float, gauge_float},
    {0, NULL},
};

static PyType_Spec gauge_spec = {
    .name = "two_files.Gauge",
    .basicsize = sizeof(Gauge),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = gauge_slots,
};

static int add_types(PyObject *module) {
  PyObject *type = PyType_FromSpec(&gauge_spec);
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef moduledef = {
    PyModuleDef_HEAD_INIT,
    .m_name = "unsynchronised_field_two_files_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unsynchronised_field_two_files_bad(void) {
  return PyModuleDef_Init(&moduledef);
}
