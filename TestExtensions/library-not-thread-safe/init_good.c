// The library is only set up, while the module is made; afterwards nothing calls it.
#include <Python.h>

// What is used of HDF5; weak, so that the module loads without the library.
typedef long hid_t;
typedef int herr_t;
extern __attribute__((weak)) herr_t H5open(void);

static int available;

static int exec_module(PyObject *module) {
  available = H5open != NULL && H5open() >= 0;
  return PyModule_AddIntConstant(module, "HAS_HDF5", available);
}

static PyObject *require(PyObject *module, PyObject *unused) {
  if (!available) {
    PyErr_SetString(PyExc_ImportError, "made without HDF5");
    return NULL;
  }
  Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"require", require, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "library_not_thread_safe_init_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_library_not_thread_safe_init_good(void) {
  return PyModuleDef_Init(&definition);
}
