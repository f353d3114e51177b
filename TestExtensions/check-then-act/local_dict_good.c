// The dicts are the function's own: one that it made, and the copy that it made of an argument.
#include <Python.h>

static int count_one(PyObject *counts, PyObject *key) {
  int known = PyDict_Contains(counts, key);
  if (known != 0) {
    return known;
  }
  PyObject *one = PyLong_FromLong(1);
  if (one == NULL) {
    return -1;
  }
  int result = PyDict_SetItem(counts, key, one);
  Py_DECREF(one);
  return result;
}

static PyObject *module_unique(PyObject *module, PyObject *args) {
  PyObject *counts = PyDict_New();
  if (counts == NULL) {
    return NULL;
  }
  for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(args); i++) {
    if (count_one(counts, PyTuple_GET_ITEM(args, i)) < 0) {
      Py_DECREF(counts);
      return NULL;
    }
  }
  return counts;
}

static PyObject *module_with_defaults(PyObject *module, PyObject *arg) {
  if (!PyDict_Check(arg)) {
    PyErr_SetString(PyExc_TypeError, "a dict");
    return NULL;
  }
  PyObject *copy = PyDict_Copy(arg);
  PyObject *key = PyUnicode_FromString("encoding");
  if (copy == NULL || key == NULL) {
    goto error;
  }
  int known = PyDict_Contains(copy, key);
  if (known < 0 || (known == 0 && PyDict_SetItem(copy, key, Py_None) < 0)) {
    goto error;
  }
  Py_DECREF(key);
  return copy;
error:
  Py_XDECREF(copy);
  Py_XDECREF(key);
  return NULL;
}

static PyMethodDef module_methods[] = {
    {"unique", module_unique, METH_VARARGS, NULL},
    {"with_defaults", module_with_defaults, METH_O, NULL},
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
    .m_name = "check_then_act_local_dict_good",
    .m_methods = module_methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_check_then_act_local_dict_good(void) {
  return PyModuleDef_Init(&definition);
}
