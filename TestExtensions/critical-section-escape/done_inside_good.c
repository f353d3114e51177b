// The label stands before the end of the section, so each jump to it stays inside.
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
  Py_BEGIN_CRITICAL_SECTION(op);
  if (value < self->first) {
    self->first = value;
    goto done;
  }
  if (value > self->last) {
    self->last = value;
    goto done;
  }
  PyErr_SetString(PyExc_ValueError, "already in the range");
  goto error;
done:
  result = Py_NewRef(op);
error:;
  Py_END_CRITICAL_SECTION();
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
    .name = "done_inside_good.Range",
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "critical_section_escape_done_inside_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_critical_section_escape_done_inside_good(void) {
  return PyModuleDef_Init(&definition);
}
