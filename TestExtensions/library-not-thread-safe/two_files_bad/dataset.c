#include "binding.h"
#include "hdf5.h"

PyObject *library_use_read(PyObject *module, PyObject *args) {
  long file;
  const char *name;
  double value;
  if (!PyArg_ParseTuple(args, "ls", &file, &name)) {
    return NULL;
  }
  hid_t dataset = H5Dopen2(file, name, 0);  // expect: library-not-thread-safe
  if (dataset < 0) {
    PyErr_SetString(PyExc_KeyError, name);
    return NULL;
  }
  herr_t status = H5Dread(dataset, 0, 0, 0, 0, &value);
  H5Dclose(dataset);
  if (status < 0) {
    PyErr_SetString(PyExc_OSError, "cannot read");
    return NULL;
  }
  return PyFloat_FromDouble(value);
}
