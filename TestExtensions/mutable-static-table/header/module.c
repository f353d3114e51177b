// The table is in a header; a pointer into it is used to change it.
#include <Python.h>
#include "units.h"

static PyObject *calibrate(PyObject *module, PyObject *args) {
  const char *name;
  double factor;
  if (!PyArg_ParseTuple(args, "sd", &name, &factor)) {
    return NULL;
  }
  struct unit *unit = find_unit(name);
  if (unit != NULL) {
    unit->factor = factor;
  }
  Py_RETURN_NONE;
}

static PyObject *to_metres(PyObject *module, PyObject *args) {
  const char *name;
  double value;
  if (!PyArg_ParseTuple(args, "sd", &name, &value)) {
    return NULL;
  }
  const struct unit *unit = find_unit(name);
  return PyFloat_FromDouble(unit == NULL ? -1 : value * unit->factor);
}

static PyMethodDef methods[] = {
    {"calibrate", calibrate, METH_VARARGS, NULL},
    {"to_metres", to_metres, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "mutable_static_table_header",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_mutable_static_table_header(void) {
  return PyModuleDef_Init(&definition);
}
