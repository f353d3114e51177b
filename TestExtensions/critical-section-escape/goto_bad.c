// The label for errors stands behind the end of the section.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject_HEAD
  long long first, last;
} Range;

static PyObject *range_extend(PyObject *op, PyObject *number) {
  Range *self = (Range *)op;
  PyObject *result = NULL;
  long long value = PyLong_AsLongLong(number);
  if (value == -1 && PyErr_Occurred()) {
    return NULL;
  }
  Py_BEGIN_CRITICAL_SECTION(op);  // expect: critical-section-escape
  if (value < self->first) {
    self->first = value;
  } else if (value > self->last) {
    self->last = value;
  } else {
    PyErr_SetString(PyExc_ValueError, "already in the range");
    goto error;
  }
  Py_END_CRITICAL_SECTION();
  result = Py_NewRef(op);
error:
  return result;
}

static PyObject *range_bounds(PyObject *op, PyObject *unused) {
  Range *self = (Range *)op;
  long long first, last;
  Py_BEGIN_CRITICAL_SECTION(op);
  first = self->first;
  last = self->last;
  Py_END_CRITICAL_SECTION();
  return Py_BuildValue("LL", first, last);
}

static PyMethodDef range_methods[] = {
    {"extend", range_extend, METH_O, NULL},
    {"bounds", range_bounds, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot range_slots[] = {
    {Py_tp_methods, range_methods},
    {0, NULL},
};

static PyType_Spec range_spec = {
    .name = "goto_bad.Range",
    .basicsize = sizeof(Range),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = range_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&range_spec);
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
    .m_name = "critical_section_escape_goto_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_critical_section_escape_goto_bad(void) {
  return PyModuleDef_Init(&definition);
}
