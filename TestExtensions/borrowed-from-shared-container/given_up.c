// A strong reference that is released before the last use is a borrowed one again.
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
  Py_DECREF(value);  // expect: borrowed-from-shared-container
  return PyLong_FromSsize_t(PyObject_Size(value));
}

static PyObject *new_bucket(PyObject *module, PyObject *key) {
  PyObject *bucket = PyList_New(0);
  if (bucket == NULL) {
    return NULL;
  }
  int failed = PyDict_SetItem(pool, key, bucket);
  Py_DECREF(bucket);  // expect: borrowed-from-shared-container
  if (failed || PyList_Append(bucket, key) < 0) {
    return NULL;
  }
  Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"length", length, METH_VARARGS, NULL},
    {"new_bucket", new_bucket, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "borrowed_from_shared_container_given_up",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_given_up(void) {
  return PyModuleDef_Init(&definition);
}
