#include <Python.h>

static double key_of(PyObject *function, PyObject *object) {
  PyObject *key = PyObject_CallOneArg(function, object);
  double value = key == NULL ? -1.0 : PyFloat_AsDouble(key);
  Py_XDECREF(key);
  return value;
}

int two_files_good_compare(const void *left, const void *right, void *function) {
  double a = key_of(function, *(PyObject *const *)left);
  double b = key_of(function, *(PyObject *const *)right);
  return a < b ? -1 : a > b;
}
