// The module of bad.c; the functions that return strong references are called instead.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000
static inline PyObject *PyList_GetItemRef(PyObject *list, Py_ssize_t index) {
  return Py_XNewRef(PyList_GetItem(list, index));
}

static inline int PyDict_GetItemRef(PyObject *dict, PyObject *key, PyObject **value) {
  *value = Py_XNewRef(PyDict_GetItemWithError(dict, key));
  return *value != NULL ? 1 : PyErr_Occurred() ? -1 : 0;
}
#endif

static PyObject *first(PyObject *module, PyObject *list) {
  return PyList_GetItemRef(list, 0);
}

static PyObject *lookup(PyObject *module, PyObject *args) {
  PyObject *mapping, *key, *value;
  if (!PyArg_ParseTuple(args, "O!O", &PyDict_Type, &mapping, &key)) {
    return NULL;
  }
  if (PyDict_GetItemRef(mapping, key, &value) == 0) {
    PyErr_SetObject(PyExc_KeyError, key);
  }
  return value;
}

static PyMethodDef methods[] = {
    {"first", first, METH_O, NULL},
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
    .m_name = "borrowed_from_shared_container_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_good(void) {
  return PyModuleDef_Init(&definition);
}
