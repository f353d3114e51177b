// The start of a bytearray is read directly, and so is the text that a str keeps as UTF-8.
#include <Python.h>

static PyObject *first_byte(PyObject *module, PyObject *object) {
  if (!PyByteArray_Check(object)) {
    PyErr_SetString(PyExc_TypeError, "a bytearray");
    return NULL;
  }
  PyByteArrayObject *array = (PyByteArrayObject *)object;
  if (array->ob_start == NULL || Py_SIZE(object) == 0) {  // expect: raw-container-access
    Py_RETURN_NONE;
  }
  return PyLong_FromLong((unsigned char)array->ob_start[0]);
}

static PyMethodDef methods[] = {
    {"first_byte", first_byte, METH_O, NULL},
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
    .m_name = "raw_container_access_bytearray_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_raw_container_access_bytearray_bad(void) {
  return PyModuleDef_Init(&definition);
}
