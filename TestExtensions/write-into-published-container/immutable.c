// Strings, bytes and tuples of the caller are changed in place, as if nobody else had them.
#include <Python.h>

static PyObject *upper_first(PyObject *module, PyObject *text) {
  if (!PyUnicode_Check(text) || PyUnicode_GET_LENGTH(text) == 0) {
    Py_RETURN_NONE;
  }
  Py_UCS4 first = Py_UNICODE_TOUPPER(PyUnicode_READ_CHAR(text, 0));
  PyUnicode_WRITE(PyUnicode_KIND(text), PyUnicode_DATA(text), 0, first);  // expect: write-into-published-container
  return Py_NewRef(text);
}

static PyObject *mask(PyObject *module, PyObject *bytes) {
  if (!PyBytes_Check(bytes)) {
    Py_RETURN_NONE;
  }
  char *data = PyBytes_AS_STRING(bytes);
  for (Py_ssize_t i = 0; i < PyBytes_GET_SIZE(bytes); i++) {
    data[i] ^= 0x20;  // expect: write-into-published-container
  }
  return Py_NewRef(bytes);
}

static PyObject *shorten(PyObject *module, PyObject *tuple) {
  Py_INCREF(tuple);
  if (_PyTuple_Resize(&tuple, 1) < 0) {  // expect: write-into-published-container
    return NULL;
  }
  return tuple;
}

static PyMethodDef methods[] = {
    {"upper_first", upper_first, METH_O, NULL},
    {"mask", mask, METH_O, NULL},
    {"shorten", shorten, METH_O, NULL},
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
    .m_name = "write_into_published_container_immutable",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_write_into_published_container_immutable(void) {
  return PyModuleDef_Init(&definition);
}
