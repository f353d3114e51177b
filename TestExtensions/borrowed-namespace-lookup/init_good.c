// Asked while the module is made; and a reference is taken there.
#include <Python.h>

static PyObject *byte_order;

static int exec_module(PyObject *module) {
  byte_order = Py_XNewRef(PySys_GetObject("byteorder"));
  if (byte_order == NULL) {
    PyErr_SetString(PyExc_RuntimeError, "no byte order");
    return -1;
  }
  PyObject *builtins = PyImport_AddModule("builtins");
  return builtins == NULL ? -1 : PyModule_AddObjectRef(module, "builtins", builtins);
}

static PyObject *order(PyObject *module, PyObject *unused) {
  return Py_NewRef(byte_order);
}

static PyMethodDef methods[] = {
    {"order", order, METH_NOARGS, NULL},
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
    .m_name = "borrowed_namespace_lookup_init_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_namespace_lookup_init_good(void) {
  return PyModuleDef_Init(&definition);
}
