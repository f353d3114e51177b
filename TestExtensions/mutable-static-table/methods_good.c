// A table of methods is completed on import; the other tables for Python are never changed.
#include <Python.h>

static PyObject *identity(PyObject *module, PyObject *object) {
  return Py_NewRef(object);
}

static PyMethodDef methods[] = {
    {"identity", identity, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static int exec_module(PyObject *module) {
  methods[0].ml_doc = "Return the object.";
  return PyModule_AddFunctions(module, methods);
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "mutable_static_table_methods_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_mutable_static_table_methods_good(void) {
  return PyModuleDef_Init(&definition);
}
