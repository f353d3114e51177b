// The table is in a header; a pointer into it is used to change it on import only.
#include <Python.h>
#include "units.h"

static int exec_module(PyObject *module) {
  struct unit *pace = find_unit("pace");
  pace->factor = 0.762;
  return 0;
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
    {"to_metres", to_metres, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "mutable_static_table_header_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_mutable_static_table_header_good(void) {
  return PyModuleDef_Init(&definition);
}
