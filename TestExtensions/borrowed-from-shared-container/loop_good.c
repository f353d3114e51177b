// The loop runs over a snapshot: a slice of the list, and a copy of the dict's items.
#include <Python.h>

static PyObject *apply(PyObject *module, PyObject *args) {
  PyObject *function, *list;
  if (!PyArg_ParseTuple(args, "OO!", &function, &PyList_Type, &list)) {
    return NULL;
  }
  PyObject *snapshot = PyList_GetSlice(list, 0, PY_SSIZE_T_MAX);
  if (snapshot == NULL) {
    return NULL;
  }
  for (Py_ssize_t i = 0; i < PyList_GET_SIZE(snapshot); i++) {
    PyObject *result = PyObject_CallOneArg(function, PyList_GET_ITEM(snapshot, i));
    if (result == NULL) {
      Py_DECREF(snapshot);
      return NULL;
    }
    Py_DECREF(result);
  }
  Py_DECREF(snapshot);
  Py_RETURN_NONE;
}

static PyObject *dump(PyObject *module, PyObject *mapping) {
  PyObject *items = PyMapping_Items(mapping);
  if (items == NULL) {
    return NULL;
  }
  for (Py_ssize_t i = 0; i < PyList_GET_SIZE(items); i++) {
    PyObject *pair = PyList_GET_ITEM(items, i);
    PyObject *key = PyTuple_GetItem(pair, 0);
    if (key == NULL || PyObject_Hash(key) == -1) {
      Py_DECREF(items);
      return NULL;
    }
  }
  return items;
}

static PyMethodDef methods[] = {
    {"apply", apply, METH_VARARGS, NULL},
    {"dump", dump, METH_O, NULL},
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
    .m_name = "borrowed_from_shared_container_loop_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_loop_good(void) {
  return PyModuleDef_Init(&definition);
}
