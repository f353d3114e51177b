// The helper's callers do not see that what they get belongs to the dict.
#include <Python.h>

static PyObject *lookup(PyObject *mapping, PyObject *key) {  // expect: helper-returns-borrowed
  PyObject *value = PyDict_GetItemWithError(mapping, key);
  if (value == NULL && !PyErr_Occurred()) {
    PyErr_SetObject(PyExc_KeyError, key);
  }
  return value;
}

static PyObject *get(PyObject *module, PyObject *args) {
  PyObject *mapping, *key;
  if (!PyArg_ParseTuple(args, "O!O", &PyDict_Type, &mapping, &key)) {
    return NULL;
  }
  return Py_XNewRef(lookup(mapping, key));
}

static PyObject *text(PyObject *module, PyObject *args) {
  PyObject *mapping, *key;
  if (!PyArg_ParseTuple(args, "O!O", &PyDict_Type, &mapping, &key)) {
    return NULL;
  }
  PyObject *value = lookup(mapping, key);
  return value == NULL ? NULL : PyObject_Str(value);
}

static PyMethodDef methods[] = {
    {"get", get, METH_VARARGS, NULL},
    {"text", text, METH_VARARGS, NULL},
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
    .m_name = "helper_returns_borrowed_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_helper_returns_borrowed_bad(void) {
  return PyModuleDef_Init(&definition);
}
