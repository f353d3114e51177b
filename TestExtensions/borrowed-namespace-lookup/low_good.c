// The table of modules, the builtins and the globals of the frame stay.
#include <Python.h>

static PyObject *module_count(PyObject *module, PyObject *unused) {
  PyObject *modules = PyImport_GetModuleDict();
  return PyLong_FromSsize_t(PyDict_Size(modules));
}

static PyObject *has_builtin(PyObject *module, PyObject *name) {
  PyObject *builtins = PyEval_GetBuiltins();
  int found = PyDict_Contains(builtins, name);
  return found < 0 ? NULL : PyBool_FromLong(found);
}

static PyMethodDef methods[] = {
    {"module_count", module_count, METH_NOARGS, NULL},
    {"has_builtin", has_builtin, METH_O, NULL},
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
    .m_name = "borrowed_namespace_lookup_low_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_namespace_lookup_low_good(void) {
  return PyModuleDef_Init(&definition);
}
