// The references belong to a list and to a dict of the caller. Another thread can remove the item
// before Py_NewRef or Py_INCREF takes a reference.
#include <Python.h>

static PyObject *first(PyObject *module, PyObject *list) {
  PyObject *item = PyList_GetItem(list, 0);  // expect: borrowed-from-shared-container
  return Py_XNewRef(item);
}

static PyObject *lookup(PyObject *module, PyObject *args) {
  PyObject *mapping, *key;
  if (!PyArg_ParseTuple(args, "O!O", &PyDict_Type, &mapping, &key)) {
    return NULL;
  }
  PyObject *value =
      PyDict_GetItemWithError(mapping, key);  // expect: borrowed-from-shared-container
  if (value == NULL) {
    if (!PyErr_Occurred()) {
      PyErr_SetObject(PyExc_KeyError, key);
    }
    return NULL;
  }
  Py_INCREF(value);
  return value;
}

static PyMethodDef methods[] = {
    {"first", first, METH_O, NULL},
    {"lookup", lookup, METH_VARARGS, NULL},
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
    .m_name = "borrowed_from_shared_container_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_bad(void) {
  return PyModuleDef_Init(&definition);
}
