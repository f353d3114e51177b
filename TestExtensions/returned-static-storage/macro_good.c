// A macro makes the function and a buffer for each thread.
#include <Python.h>
#include <stdio.h>

#define NAMED(function, size, format) \
  static const char *function(int code) { \
    static _Thread_local char text[size]; \
    snprintf(text, sizeof(text), format, code); \
    return text; \
  }

NAMED(status_text, 32, "status %d")

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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "returned_static_storage_macro_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_returned_static_storage_macro_good(void) {
  return PyModuleDef_Init(&definition);
}
