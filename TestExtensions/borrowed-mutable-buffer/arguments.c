// Pointer and size go to a helper: the bytearray can be shorter, or elsewhere, before they are used.
#include <Python.h>

static PyObject *checksum(const char *data, Py_ssize_t size) {
  unsigned long sum = 0;
  for (Py_ssize_t i = 0; i < size; i++) {
    sum = sum * 31 + (unsigned char)data[i];
  }
  return PyLong_FromUnsignedLong(sum);
}

static PyObject *checksum_of(PyObject *module, PyObject *object) {
  if (PyBytes_Check(object)) {
    return checksum(PyBytes_AS_STRING(object), PyBytes_GET_SIZE(object));
  }
  if (!PyByteArray_Check(object)) {
    PyErr_SetString(PyExc_TypeError, "bytes or bytearray");
    return NULL;
  }
  // expect-missing: borrowed-mutable-buffer  a use in the same expression is left out, in any call
  return checksum(PyByteArray_AS_STRING(object), PyByteArray_GET_SIZE(object));
}

static PyMethodDef methods[] = {
    {"checksum_of", checksum_of, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_gil
    // expect-missing: declared-safe-but-hazardous  the hazard is not found
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "borrowed_mutable_buffer_arguments",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_mutable_buffer_arguments(void) {
  return PyModuleDef_Init(&definition);
}
