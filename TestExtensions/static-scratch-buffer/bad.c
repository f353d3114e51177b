// A buffer that every call fills anew. One thread's text can come out of another thread's call.
#include <Python.h>
#include <stdio.h>

static PyObject *format_colour(PyObject *module, PyObject *args) {
  static char text[16];  // expect: static-scratch-buffer
  unsigned char red, green, blue;
  if (!PyArg_ParseTuple(args, "bbb", &red, &green, &blue)) {
    return NULL;
  }
  snprintf(text, sizeof(text), "#%02x%02x%02x", red, green, blue);
  return PyUnicode_FromString(text);
}

static PyMethodDef methods[] = {
    {"format_colour", format_colour, METH_VARARGS, NULL},
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
    .m_name = "static_scratch_buffer_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_scratch_buffer_bad(void) {
  return PyModuleDef_Init(&definition);
}
