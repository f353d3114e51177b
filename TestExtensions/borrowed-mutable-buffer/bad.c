// Another thread can resize the bytearray, which frees the memory that the loop reads.
#include <Python.h>

static PyObject *checksum(PyObject *module, PyObject *array) {
  if (!PyByteArray_Check(array)) {
    PyErr_SetString(PyExc_TypeError, "a bytearray");
    return NULL;
  }
  const char *data = PyByteArray_AS_STRING(array);  // expect: borrowed-mutable-buffer
  Py_ssize_t size = PyByteArray_GET_SIZE(array);
  unsigned long sum = 0;
  for (Py_ssize_t i = 0; i < size; i++) {
    sum = 31 * sum + (unsigned char)data[i];
  }
  return PyLong_FromUnsignedLong(sum);
}

static PyMethodDef methods[] = {
    {"checksum", checksum, METH_O, NULL},
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
    .m_name = "borrowed_mutable_buffer_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_mutable_buffer_bad(void) {
  return PyModuleDef_Init(&definition);
}
