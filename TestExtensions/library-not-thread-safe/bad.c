// HDF5 keeps its identifiers in tables of the process; two threads in it at once destroy them.
#include <Python.h>
#include "hdf5.h"

static PyObject *dataset_size(PyObject *module, PyObject *args) {
  const char *path, *name;
  if (!PyArg_ParseTuple(args, "ss", &path, &name)) {
    return NULL;
  }
  hid_t file = H5Fopen(path, H5F_ACC_RDONLY, H5P_DEFAULT);  // expect: library-not-thread-safe
  if (file < 0) {
    PyErr_Format(PyExc_OSError, "cannot open %s", path);
    return NULL;
  }
  long long points = -1;
  hid_t dataset = H5Dopen2(file, name, H5P_DEFAULT);
  if (dataset >= 0) {
    hid_t space = H5Dget_space(dataset);
    points = H5Sget_simple_extent_npoints(space);
    H5Sclose(space);
    H5Dclose(dataset);
  }
  H5Fclose(file);
  if (points < 0) {
    PyErr_SetString(PyExc_KeyError, name);
    return NULL;
  }
  return PyLong_FromLongLong(points);
}

static PyMethodDef methods[] = {
    {"dataset_size", dataset_size, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "library_not_thread_safe_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_library_not_thread_safe_bad(void) {
  return PyModuleDef_Init(&definition);
}
