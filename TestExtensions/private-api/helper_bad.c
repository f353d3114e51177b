// Two functions of the package call the same private one; that is one finding.
#include <Python.h>

static size_t bits_of(PyObject *number) {
  return _PyLong_NumBits(number);  // expect: private-api
}

static PyObject *bits(PyObject *module, PyObject *number) {
  if (!PyLong_Check(number)) {
    PyErr_SetString(PyExc_TypeError, "an int");
    return NULL;
  }
  return PyLong_FromSize_t(bits_of(number));
}

static PyObject *fits(PyObject *module, PyObject *number) {
  if (!PyLong_Check(number)) {
    PyErr_SetString(PyExc_TypeError, "an int");
    return NULL;
  }
  return PyBool_FromLong(_PyLong_NumBits(number) < 63 && _PyLong_Sign(number) >= 0);  // expect: private-api
}

static PyMethodDef methods[] = {
    {"bits", bits, METH_O, NULL},
    {"fits", fits, METH_O, NULL},
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
    .m_name = "private_api_helper_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_private_api_helper_bad(void) {
  return PyModuleDef_Init(&definition);
}
