// Copied into, changed, and read again; two functions share the buffer.
#include <Python.h>

static unsigned char block[64];  // expect: static-scratch-buffer

static void reverse_bits(size_t size) {
  for (size_t i = 0; i < size; i++) {
    unsigned char value = block[i];
    block[i] = (unsigned char)(value << 4 | value >> 4);
  }
}

static PyObject *swap(PyObject *module, PyObject *bytes) {
  char *data;
  Py_ssize_t size;
  if (PyBytes_AsStringAndSize(bytes, &data, &size) < 0) {
    return NULL;
  }
  if (size > (Py_ssize_t)sizeof(block)) {
    size = sizeof(block);
  }
  memcpy(block, data, size);
  reverse_bits(size);
  return PyBytes_FromStringAndSize((char *)block, size);
}

static PyMethodDef methods[] = {
    {"swap", swap, METH_O, NULL},
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
    .m_name = "static_scratch_buffer_copy",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_scratch_buffer_copy(void) {
  return PyModuleDef_Init(&definition);
}
