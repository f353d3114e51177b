#include <Python.h>

extern PyObject *borrowed_from_shared_container_two_files_store;

int borrowed_from_shared_container_two_files_put(PyObject *key, PyObject *value) {
  return PyDict_SetItem(borrowed_from_shared_container_two_files_store, key, value);
}

Py_ssize_t borrowed_from_shared_container_two_files_size(PyObject *store, PyObject *key) {
  PyObject *value = PyDict_GetItemWithError(store, key);  // expect: borrowed-from-shared-container
  if (value == NULL) {
    return PyErr_Occurred() ? -1 : 0;
  }
  return PyObject_Size(value);
}
