// The loops run over copies and over a dict of their own.
#include <Python.h>

static PyObject *total(PyObject *module, PyObject *mapping) {
  PyObject *copy = PyDict_Copy(mapping);
  if (copy == NULL) {
    return NULL;
  }
  Py_ssize_t position = 0;
  PyObject *value;
  double sum = 0;
  while (PyDict_Next(copy, &position, NULL, &value)) {
    sum += PyFloat_AsDouble(value);
  }
  Py_DECREF(copy);
  return PyErr_Occurred() ? NULL : PyFloat_FromDouble(sum);
}

static PyObject *histogram(PyObject *module, PyObject *text) {
  PyObject *counts = PyDict_New();
  if (counts == NULL || !PyUnicode_Check(text)) {
    return counts;
  }
  for (Py_ssize_t i = 0; i < PyUnicode_GET_LENGTH(text); i++) {
    PyObject *letter = PyUnicode_Substring(text, i, i + 1);
    if (letter == NULL || PyDict_SetItem(counts, letter, Py_True) < 0) {
      Py_XDECREF(letter);
      Py_DECREF(counts);
      return NULL;
    }
    Py_DECREF(letter);
  }
  Py_ssize_t position = 0, upper = 0;
  PyObject *key, *value;
  while (PyDict_Next(counts, &position, &key, &value)) {
    upper += Py_UNICODE_ISUPPER(PyUnicode_READ_CHAR(key, 0)) != 0;
  }
  Py_DECREF(counts);
  return PyLong_FromSsize_t(upper);
}

static PyMethodDef methods[] = {
    {"total", total, METH_O, NULL},
    {"histogram", histogram, METH_O, NULL},
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
    .m_name = "unlocked_dict_iteration_snapshot_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unlocked_dict_iteration_snapshot_good(void) {
  return PyModuleDef_Init(&definition);
}
