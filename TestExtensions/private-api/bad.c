// A private function of the interpreter, which changes or goes with any version.
#include <Python.h>

static PyObject *mix(PyObject *module, PyObject *number) {
  double value = PyFloat_AsDouble(number);
  if (value == -1.0 && PyErr_Occurred()) {
    return NULL;
  }
  Py_hash_t hash = _Py_HashDouble(number, value);  // expect: private-api
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
    .m_name = "private_api_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_private_api_bad(void) {
  return PyModuleDef_Init(&definition);
}
