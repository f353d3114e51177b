#include <Python.h>

extern PyObject *mutable_static_object_two_files_good_error;

int mutable_static_object_two_files_good_exec(PyObject *module) {
  PyObject *error = PyErr_NewException("errors.Error", PyExc_ValueError, NULL);
  mutable_static_object_two_files_good_error = error;
  return error == NULL ? -1 : PyModule_AddObjectRef(module, "Error", error);
}
