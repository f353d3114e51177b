// The borrowed reference is only tested; what is used is a new one that took over the variable.
#include <Python.h>

static PyObject *describe(PyObject *module, PyObject *mapping) {
  PyObject *value = PyDict_GetItemString(mapping, "name");
  if (value == NULL) {
    Py_RETURN_NONE;
  }
  value = PyObject_Repr(mapping);
  if (value == NULL) {
    return NULL;
  }
  Py_ssize_t length = PyUnicode_GetLength(value);
  Py_DECREF(value);
  return PyLong_FromSsize_t(length);
}

static PyObject *fill(PyObject *module, PyObject *list) {
  PyObject *owner = list;
  owner = PySequence_List(list);
  if (owner == NULL) {
    return NULL;
  }
  PyObject *item = PyList_GetItem(owner, 0);
  Py_XINCREF(item);
  Py_DECREF(owner);
  return item;
}

static PyMethodDef methods[] = {
    {"describe", describe, METH_O, NULL},
    {"fill", fill, METH_O, NULL},
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
    .m_name = "borrowed_from_shared_container_reassigned_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_reassigned_good(void) {
  return PyModuleDef_Init(&definition);
}
