// The address goes out by a parameter.
#include <Python.h>

static int to_binary(unsigned value, const char **text) {
  static char bits[33];  // expect: returned-static-storage
  int count = 0;
  for (unsigned rest = value; rest != 0; rest >>= 1) {
    count++;
  }
  for (int i = 0; i < count; i++) {
    bits[count - 1 - i] = value >> i & 1 ? '1' : '0';
  }
  bits[count] = 0;
  *text = bits;
  return count;
}

static PyObject *binary(PyObject *module, PyObject *number) {
  const char *text;
  unsigned long value = PyLong_AsUnsignedLong(number);
  if (PyErr_Occurred()) {
    return NULL;
  }
  int count = to_binary((unsigned)value, &text);
  return PyUnicode_FromStringAndSize(text, count);
}

static PyMethodDef methods[] = {
    {"binary", binary, METH_O, NULL},
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
    .m_name = "returned_static_storage_out_parameter",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_returned_static_storage_out_parameter(void) {
  return PyModuleDef_Init(&definition);
}
