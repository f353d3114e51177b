#include <Python.h>

PyObject *helper_returns_borrowed_two_files_name(PyObject *table, PyObject *code) {  // expect: helper-returns-borrowed
  PyObject *row = PyDict_GetItemWithError(table, code);
  return row;
}

PyObject *helper_returns_borrowed_two_files_name_ref(PyObject *table, PyObject *code) {
  return PyObject_GetItem(table, code);
}
