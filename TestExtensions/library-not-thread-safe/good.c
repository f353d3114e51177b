// The module of bad.c; one mutex of the module is held from the first call to the last.
#include <Python.h>

// What is used of HDF5; weak, so that the module loads without the library.
typedef long hid_t;
typedef int herr_t;
#define H5F_ACC_RDONLY 0u
#define H5P_DEFAULT 0
extern __attribute__((weak)) hid_t H5Fopen(const char *name, unsigned flags, hid_t access);
extern __attribute__((weak)) herr_t H5Fclose(hid_t file);
extern __attribute__((weak)) hid_t H5Dopen2(hid_t location, const char *name, hid_t access);
extern __attribute__((weak)) hid_t H5Dget_space(hid_t dataset);
extern __attribute__((weak)) herr_t H5Dclose(hid_t dataset);
extern __attribute__((weak)) herr_t H5Sclose(hid_t space);
extern __attribute__((weak)) long long H5Sget_simple_extent_npoints(hid_t space);

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef int PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

static PyMutex hdf5_lock;

static PyObject *dataset_size(PyObject *module, PyObject *args) {
  const char *path, *name;
  if (!PyArg_ParseTuple(args, "ss", &path, &name)) {
    return NULL;
  }
  long long points = -1;
  PyMutex_Lock(&hdf5_lock);
  hid_t file = H5Fopen(path, H5F_ACC_RDONLY, H5P_DEFAULT);
  if (file >= 0) {
    hid_t dataset = H5Dopen2(file, name, H5P_DEFAULT);
    if (dataset >= 0) {
      hid_t space = H5Dget_space(dataset);
      points = H5Sget_simple_extent_npoints(space);
      H5Sclose(space);
      H5Dclose(dataset);
    }
    H5Fclose(file);
  }
  PyMutex_Unlock(&hdf5_lock);
  if (points < 0) {
    PyErr_Format(PyExc_OSError, "cannot read %s of %s", name, path);
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "library_not_thread_safe_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_library_not_thread_safe_good(void) {
  return PyModuleDef_Init(&definition);
}
