// The reference is released after the last use; or a second one is still held.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000
static inline int PyDict_GetItemRef(PyObject *dict, PyObject *key, PyObject **value) {
  *value = Py_XNewRef(PyDict_GetItemWithError(dict, key));
  return *value != NULL ? 1 : PyErr_Occurred() ? -1 : 0;
}
#endif

static PyObject *pool;

static int exec_module(PyObject *module) {
  pool = PyDict_New();
  return pool == NULL ? -1 : 0;
}

static PyObject *length(PyObject *module, PyObject *args) {
  PyObject *mapping, *key, *value;
  if (!PyArg_ParseTuple(args, "O!O", &PyDict_Type, &mapping, &key)) {
    return NULL;
  }
  if (PyDict_GetItemRef(mapping, key, &value) <= 0) {
    return PyErr_Occurred() ? NULL : Py_NewRef(Py_None);
  }
  Py_ssize_t size = PyObject_Size(value);
  Py_DECREF(value);
  return size < 0 ? NULL : PyLong_FromSsize_t(size);
}

static PyObject *new_bucket(PyObject *module, PyObject *key) {
  PyObject *bucket = PyList_New(0);
  if (bucket == NULL) {
    return NULL;
  }
  PyObject *result = Py_NewRef(bucket);
  int failed = PyDict_SetItem(pool, key, bucket);
  Py_DECREF(bucket);
  if (failed) {
    Py_DECREF(result);
    return NULL;
  }
  return result;
}

static PyObject *pair(PyObject *module, PyObject *key) {
  PyObject *number = PyLong_FromLong(7);
  PyObject *result = PyTuple_New(1);
  if (number == NULL || result == NULL) {
    Py_XDECREF(number);
    Py_XDECREF(result);
    return NULL;
  }
  PyTuple_SET_ITEM(result, 0, Py_NewRef(number));
  Py_DECREF(number);
  if (PyLong_AsLong(number) != 7) {
    Py_CLEAR(result);
  }
  return result;
}

static PyMethodDef methods[] = {
    {"length", length, METH_VARARGS, NULL},
    {"new_bucket", new_bucket, METH_O, NULL},
    {"pair", pair, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "borrowed_from_shared_container_given_up_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_given_up_good(void) {
  return PyModuleDef_Init(&definition);
}
