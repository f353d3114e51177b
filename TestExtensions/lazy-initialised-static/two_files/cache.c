#include <Python.h>

PyObject *lazy_initialised_static_two_files_pickle;  // expect: lazy-initialised-static

PyObject *lazy_initialised_static_two_files_load(PyObject *module, PyObject *bytes) {
  if (lazy_initialised_static_two_files_pickle == NULL) {
    PyErr_SetString(PyExc_RuntimeError, "dump something first");
    return NULL;
  }
  return PyObject_CallMethod(lazy_initialised_static_two_files_pickle, "loads", "O", bytes);
}
