// A helper finds the bytes of several types; for a bytearray they are not safe after it returns.
#include <Python.h>

static int bytes_of(PyObject *object, const char **data, Py_ssize_t *size) {
  if (PyBytes_Check(object)) {
    *data = PyBytes_AS_STRING(object);
    *size = PyBytes_GET_SIZE(object);
    return 0;
  }
  if (PyByteArray_Check(object)) {
    *data = PyByteArray_AS_STRING(object);  // expect: borrowed-mutable-buffer
    *size = PyByteArray_GET_SIZE(object);
    return 0;
  }
  PyErr_SetString(PyExc_TypeError, "bytes or bytearray");
  return -1;
}

static PyObject *count_zeros(PyObject *module, PyObject *object) {
  const char *data;
  Py_ssize_t size, zeros = 0;
  if (bytes_of(object, &data, &size) < 0) {
    return NULL;
  }
  for (Py_ssize_t i = 0; i < size; i++) {
    zeros += data[i] == 0;
  }
  return PyLong_FromSsize_t(zeros);
}

static PyMethodDef methods[] = {
    {"count_zeros", count_zeros, METH_O, NULL},
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
    .m_name = "borrowed_mutable_buffer_helper",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_mutable_buffer_helper(void) {
  return PyModuleDef_Init(&definition);
}
