// The module of bad.c; the caller gives the buffer.
#include <Python.h>
#include <stdio.h>

static const char *describe(long seconds, char *text, size_t size) {
  snprintf(text, size, "%ld:%02ld:%02ld", seconds / 3600, seconds / 60 % 60, seconds % 60);
  return text;
}

static PyObject *duration(PyObject *module, PyObject *seconds) {
  char text[32];
  long value = PyLong_AsLong(seconds);
  if (value == -1 && PyErr_Occurred()) {
    return NULL;
  }
  return PyUnicode_FromString(describe(value, text, sizeof(text)));
}

static PyMethodDef methods[] = {
    {"duration", duration, METH_O, NULL},
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
    .m_name = "returned_static_storage_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_returned_static_storage_good(void) {
  return PyModuleDef_Init(&definition);
}
