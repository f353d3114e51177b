// The helper is in a header that two sources include.
#include <Python.h>
#include "lookup.h"

PyObject *helper_returns_borrowed_header_colour(PyObject *module, PyObject *options);

static PyObject *size(PyObject *module, PyObject *options) {
  PyObject *value = get_option(options, "size");
  return value == NULL ? PyLong_FromLong(1) : PyNumber_Long(value);
}

static PyMethodDef methods[] = {
    {"size", size, METH_O, NULL},
    {"colour", helper_returns_borrowed_header_colour, METH_O, NULL},
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
    .m_name = "helper_returns_borrowed_header",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_helper_returns_borrowed_header(void) {
  return PyModuleDef_Init(&definition);
}
