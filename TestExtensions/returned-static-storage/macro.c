// A macro makes the function and its buffer.
#include <Python.h>
#include <stdio.h>

#define NAMED(function, size, format) \
  static const char *function(int code) { \
    static char text[size]; \
    snprintf(text, sizeof(text), format, code); \
    return text; \
  }

NAMED(status_text, 32, "status %d")  // expect: returned-static-storage

static PyObject *status(PyObject *module, PyObject *code) {
  long value = PyLong_AsLong(code);
  if (value == -1 && PyErr_Occurred()) {
    return NULL;
  }
  return PyUnicode_FromString(status_text((int)value));
}

static PyMethodDef methods[] = {
    {"status", status, METH_O, NULL},
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
    .m_name = "returned_static_storage_macro",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_returned_static_storage_macro(void) {
  return PyModuleDef_Init(&definition);
}
