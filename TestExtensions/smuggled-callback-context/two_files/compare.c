#include <Python.h>

PyObject *two_files_key;  // expect: smuggled-callback-context

static double key_of(PyObject *object) {
  PyObject *key = PyObject_CallOneArg(two_files_key, object);
  double value = key == NULL ? -1.0 : PyFloat_AsDouble(key);
  Py_XDECREF(key);
  return value;
}

int two_files_compare(const void *left, const void *right) {
  double a = key_of(*(PyObject *const *)left), b = key_of(*(PyObject *const *)right);
  return a < b ? -1 : a > b;
}
