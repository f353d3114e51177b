// Private functions are called while the module is made, which no other thread disturbs.
#include <Python.h>

static int wide_pointers;

static int exec_module(PyObject *module) {
  PyObject *number = PyLong_FromVoidPtr(module);
  if (number == NULL) {
    return -1;
  }
  wide_pointers = _PyLong_NumBits(number) > 32;
  Py_DECREF(number);
  return PyModule_AddIntConstant(module, "WIDE", wide_pointers);
}

static PyObject *is_wide(PyObject *module, PyObject *unused) {
  return PyBool_FromLong(wide_pointers);
}

static PyMethodDef methods[] = {
    {"is_wide", is_wide, METH_NOARGS, NULL},
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
    .m_name = "private_api_init_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_private_api_init_good(void) {
  return PyModuleDef_Init(&definition);
}
