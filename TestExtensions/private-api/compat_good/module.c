// The private functions are called by the header that makes up for what old versions lack.
#include <Python.h>
#include "pythoncapi_compat.h"

static PyObject *has_dict(PyObject *module, PyObject *object) {
  return PyBool_FromLong(compat_HasDict(object));
}

static PyObject *sign(PyObject *module, PyObject *number) {
  if (!PyLong_Check(number)) {
    PyErr_SetString(PyExc_TypeError, "an int");
    return NULL;
  }
  return PyLong_FromLong(Py_CompatInternalSign(number));
}

static PyMethodDef methods[] = {
    {"has_dict", has_dict, METH_O, NULL},
    {"sign", sign, METH_O, NULL},
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
    .m_name = "private_api_compat_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_private_api_compat_good(void) {
  return PyModuleDef_Init(&definition);
}
