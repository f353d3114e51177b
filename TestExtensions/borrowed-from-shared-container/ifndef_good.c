// The borrowed references are for the build with the GIL alone.
#include <Python.h>

static PyObject *lookup(PyObject *module, PyObject *args) {
  PyObject *mapping, *key;
  if (!PyArg_ParseTuple(args, "O!O", &PyDict_Type, &mapping, &key)) {
    return NULL;
  }
#ifndef Py_GIL_DISABLED
  PyObject *value = PyDict_GetItemWithError(mapping, key);
  Py_XINCREF(value);
#else
  PyObject *value;
  if (PyDict_GetItemRef(mapping, key, &value) < 0) {
    return NULL;
  }
#endif
  if (value == NULL && !PyErr_Occurred()) {
    PyErr_SetObject(PyExc_KeyError, key);
  }
  return value;
}

static PyMethodDef methods[] = {
    {"lookup", lookup, METH_VARARGS, NULL},
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
    .m_name = "borrowed_from_shared_container_ifndef_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_ifndef_good(void) {
  return PyModuleDef_Init(&definition);
}
