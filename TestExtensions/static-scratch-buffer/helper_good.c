// A helper fills the buffer that it is given, which is the call's.
#include <Python.h>
#include <string.h>

static void hexadecimal(char *to, const unsigned char *from, size_t size) {
  static const char digits[] = "0123456789abcdef";
  for (size_t i = 0; i < size; i++) {
    *to++ = digits[from[i] >> 4];
    *to++ = digits[from[i] & 15];
  }
  *to = 0;
}

static PyObject *hex(PyObject *module, PyObject *bytes) {
  char buffer[129];
  char *data;
  Py_ssize_t size;
  if (PyBytes_AsStringAndSize(bytes, &data, &size) < 0) {
    return NULL;
  }
  hexadecimal(buffer, (unsigned char *)data, size < 64 ? size : 64);
  return PyUnicode_FromString(buffer);
}

static PyMethodDef methods[] = {
    {"hex", hex, METH_O, NULL},
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
    .m_name = "static_scratch_buffer_helper_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_scratch_buffer_helper_good(void) {
  return PyModuleDef_Init(&definition);
}
