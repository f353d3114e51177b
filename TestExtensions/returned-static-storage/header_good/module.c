// An inline function of a header fills its caller's buffer.
#include <Python.h>
#include "roman.h"

static PyObject *to_roman(PyObject *module, PyObject *number) {
  char text[24];
  long value = PyLong_AsLong(number);
  if (value == -1 && PyErr_Occurred()) {
    return NULL;
  }
  return PyUnicode_FromString(roman((int)value, text));
}

static PyMethodDef methods[] = {
    {"to_roman", to_roman, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "returned_static_storage_header_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_returned_static_storage_header_good(void) {
  return PyModuleDef_Init(&definition);
}
