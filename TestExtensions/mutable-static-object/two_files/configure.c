#include <Python.h>

extern PyObject *mutable_static_object_two_files_handler;

PyObject *mutable_static_object_two_files_configure(PyObject *module, PyObject *handler) {
  Py_XSETREF(mutable_static_object_two_files_handler, Py_NewRef(handler));
  Py_RETURN_NONE;
}
