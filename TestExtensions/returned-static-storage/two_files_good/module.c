// The function in the other file returns an entry of a constant table.
#include <Python.h>

const char *returned_static_storage_two_files_good_day(unsigned long day);

static PyObject *day_name(PyObject *module, PyObject *day) {
  unsigned long number = PyLong_AsUnsignedLong(day);
  if (PyErr_Occurred()) {
    return NULL;
  }
  return PyUnicode_FromString(returned_static_storage_two_files_good_day(number));
}

static PyMethodDef methods[] = {
    {"day_name", day_name, METH_O, NULL},
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
    .m_name = "returned_static_storage_two_files_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_returned_static_storage_two_files_good(void) {
  return PyModuleDef_Init(&definition);
}
