// The pointer does not outlive the expression that asks for it; and the bytearrays of the other
// function were made there.
#include <Python.h>

static PyObject *to_bytes(PyObject *module, PyObject *array) {
  if (!PyByteArray_CheckExact(array)) {
    return PyBytes_FromObject(array);
  }
  return PyBytes_FromStringAndSize(PyByteArray_AS_STRING(array), PyByteArray_GET_SIZE(array));
}

static PyObject *pattern(PyObject *module, PyObject *length) {
  Py_ssize_t size = PyLong_AsSsize_t(length);
  if (size < 0) {
    return PyErr_Occurred() ? NULL : Py_NewRef(Py_None);
  }
  PyObject *array = PyByteArray_FromStringAndSize(NULL, size);
  if (array == NULL) {
    return NULL;
  }
  char *data = PyByteArray_AS_STRING(array);
  for (Py_ssize_t i = 0; i < size; i++) {
    data[i] = (char)(i * i);
  }
  return array;
}

static PyMethodDef methods[] = {
    {"to_bytes", to_bytes, METH_O, NULL},
    {"pattern", pattern, METH_O, NULL},
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
    .m_name = "borrowed_mutable_buffer_expression_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_mutable_buffer_expression_good(void) {
  return PyModuleDef_Init(&definition);
}
