// Both branches borrow from the same owner: that is one finding, at the first call.
#include <Python.h>

static PyObject *pick(PyObject *module, PyObject *args) {
  PyObject *list;
  int from_end;
  if (!PyArg_ParseTuple(args, "O!p", &PyList_Type, &list, &from_end)) {
    return NULL;
  }
  if (PyList_GET_SIZE(list) == 0) {
    Py_RETURN_NONE;
  }
  PyObject *item;
  if (from_end) {
    item = PyList_GET_ITEM(list, PyList_GET_SIZE(list) - 1);  // expect: borrowed-from-shared-container
  } else {
    item = PyList_GET_ITEM(list, 0);
  }
  return Py_NewRef(item);
}

static PyObject *either(PyObject *module, PyObject *args) {
  PyObject *left, *right, *key;
  if (!PyArg_ParseTuple(args, "O!O!O", &PyDict_Type, &left, &PyDict_Type, &right, &key)) {
    return NULL;
  }
  PyObject *value = PyDict_GetItem(left, key);  // expect: borrowed-from-shared-container
  if (value == NULL) {
    value = PyDict_GetItem(right, key);  // expect: borrowed-from-shared-container
    if (value == NULL) {
      Py_RETURN_NONE;
    }
  }
  return Py_NewRef(value);
}

static PyMethodDef methods[] = {
    {"pick", pick, METH_VARARGS, NULL},
    {"either", either, METH_VARARGS, NULL},
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
    .m_name = "borrowed_from_shared_container_branches",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_branches(void) {
  return PyModuleDef_Init(&definition);
}
