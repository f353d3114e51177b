#include <Python.h>

PyObject *cxx_two_files_load() {
  PyObject *math = PyImport_ImportModule("math");
  PyObject *value = math ? PyObject_GetAttrString(math, "pi") : nullptr;
  Py_XDECREF(math);
  return value;
}
