// The loops run under the lock of the bytearray, in which nothing runs Python code.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

static unsigned long sum_of(const char *data, Py_ssize_t size) {
  unsigned long sum = 0;
  while (size-- > 0) {
    sum += (unsigned char)*data++;
  }
  return sum;
}

static PyObject *checksum(PyObject *module, PyObject *array) {
  if (!PyByteArray_Check(array)) {
    Py_RETURN_NONE;
  }
  unsigned long sum;
  Py_BEGIN_CRITICAL_SECTION(array);
  const char *data = PyByteArray_AsString(array);
  sum = sum_of(data, PyByteArray_Size(array));
  Py_END_CRITICAL_SECTION();
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
    .m_name = "borrowed_mutable_buffer_lock_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_mutable_buffer_lock_good(void) {
  return PyModuleDef_Init(&definition);
}
