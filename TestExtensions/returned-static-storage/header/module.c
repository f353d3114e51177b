// An inline function of a header returns its static buffer.
#include <Python.h>
#include "roman.h"

static PyObject *to_roman(PyObject *module, PyObject *number) {
  long value = PyLong_AsLong(number);
  if (value == -1 && PyErr_Occurred()) {
    return NULL;
  }
  return PyUnicode_FromString(roman((int)value));
}

static PyMethodDef methods[] = {
    {"to_roman", to_roman, METH_O, NULL},
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
    .m_name = "returned_static_storage_header",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_returned_static_storage_header(void) {
  return PyModuleDef_Init(&definition);
}
