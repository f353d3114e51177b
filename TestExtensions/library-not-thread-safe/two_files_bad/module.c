// The calls of one library from two files are one finding; what stands for it is in a vendor folder.
#include "binding.h"
#include "hdf5.h"

PyObject *library_use_close(PyObject *module, PyObject *number) {
  long file = PyLong_AsLong(number);
  if (file == -1 && PyErr_Occurred()) {
    return NULL;
  }
  return PyBool_FromLong(H5Fclose(file) >= 0);
}

static PyMethodDef methods[] = {
    {"read", library_use_read, METH_VARARGS, NULL},
    {"close", library_use_close, METH_O, NULL},
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
    .m_name = "library_not_thread_safe_two_files_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_library_not_thread_safe_two_files_bad(void) {
  return PyModuleDef_Init(&definition);
}
