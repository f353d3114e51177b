// The module of bad.c; the helper returns a strong reference and its callers release it.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000
static inline int PyDict_GetItemRef(PyObject *dict, PyObject *key, PyObject **value) {
  *value = Py_XNewRef(PyDict_GetItemWithError(dict, key));
  return *value != NULL ? 1 : PyErr_Occurred() ? -1 : 0;
}
#endif

static PyObject *lookup(PyObject *mapping, PyObject *key) {
  PyObject *value;
  if (PyDict_GetItemRef(mapping, key, &value) == 0) {
    PyErr_SetObject(PyExc_KeyError, key);
  }
  return value;
}

static PyObject *get(PyObject *module, PyObject *args) {
  PyObject *mapping, *key;
  if (!PyArg_ParseTuple(args, "O!O", &PyDict_Type, &mapping, &key)) {
    return NULL;
  }
  return lookup(mapping, key);
}

static PyObject *text(PyObject *module, PyObject *args) {
  PyObject *mapping, *key;
  if (!PyArg_ParseTuple(args, "O!O", &PyDict_Type, &mapping, &key)) {
    return NULL;
  }
  PyObject *value = lookup(mapping, key);
  PyObject *text = value == NULL ? NULL : PyObject_Str(value);
  Py_XDECREF(value);
  return text;
}

static PyMethodDef methods[] = {
    {"get", get, METH_VARARGS, NULL},
    {"text", text, METH_VARARGS, NULL},
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
    .m_name = "helper_returns_borrowed_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_helper_returns_borrowed_good(void) {
  return PyModuleDef_Init(&definition);
}
