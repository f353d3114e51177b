// The function that the initialiser calls is in another file, and runs no Python code.
#include <Python.h>

double cxx_two_files_good_scale();

static PyObject *scale(PyObject *, PyObject *) {
  static const double value = cxx_two_files_good_scale();
  return PyFloat_FromDouble(value);
}

static PyMethodDef methods[] = {
    {"scale", scale, METH_NOARGS, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, nullptr},
};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    "magic_static_deadlock_cxx_two_files_good",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_magic_static_deadlock_cxx_two_files_good() {
  return PyModuleDef_Init(&definition);
}
