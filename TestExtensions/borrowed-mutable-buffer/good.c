// The module of bad.c; while the buffer is exported, nobody can resize the bytearray.
#include <Python.h>

static PyObject *checksum(PyObject *module, PyObject *array) {
  Py_buffer view;
  if (PyObject_GetBuffer(array, &view, PyBUF_SIMPLE) < 0) {
    return NULL;
  }
  const unsigned char *data = view.buf;
  unsigned long sum = 0;
  for (Py_ssize_t i = 0; i < view.len; i++) {
    sum = 31 * sum + data[i];
  }
  PyBuffer_Release(&view);
  return PyLong_FromUnsignedLong(sum);
}

static PyMethodDef methods[] = {
    {"checksum", checksum, METH_O, NULL},
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
    .m_name = "borrowed_mutable_buffer_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_mutable_buffer_good(void) {
  return PyModuleDef_Init(&definition);
}
