// The module of bad.c; the number is hashed as Python code would hash it.
#include <Python.h>

static PyObject *mix(PyObject *module, PyObject *number) {
  PyObject *value = PyNumber_Float(number);
  if (value == NULL) {
    return NULL;
  }
  Py_hash_t hash = PyObject_Hash(value);
  Py_DECREF(value);
  if (hash == -1) {
    return NULL;
  }
  return PyLong_FromSsize_t((Py_ssize_t)(hash ^ (hash >> 7)));
}

static PyMethodDef methods[] = {
    {"mix", mix, METH_O, NULL},
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
    .m_name = "private_api_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_private_api_good(void) {
  return PyModuleDef_Init(&definition);
}
