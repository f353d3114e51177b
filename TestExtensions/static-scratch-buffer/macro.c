// The macro declares the buffer and fills it.
#include <Python.h>
#include <stdio.h>

#define FORMAT(size, ...) \
  static char formatted[size]; \
  snprintf(formatted, sizeof(formatted), __VA_ARGS__)

static PyObject *point(PyObject *module, PyObject *args) {
  double x, y;
  if (!PyArg_ParseTuple(args, "dd", &x, &y)) {
    return NULL;
  }
  FORMAT(64, "(%g, %g)", x, y);  // expect: static-scratch-buffer
  return PyUnicode_FromString(formatted);
}

static PyMethodDef methods[] = {
    {"point", point, METH_VARARGS, NULL},
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
    .m_name = "static_scratch_buffer_macro",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_scratch_buffer_macro(void) {
  return PyModuleDef_Init(&definition);
}
