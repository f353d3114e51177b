// Before the module can be called; the module's dict and the module live as long as the state.
#include <Python.h>

static PyObject *own_dict;
static PyObject *fallback;

static int exec_module(PyObject *module) {
  own_dict = PyModule_GetDict(module);
  fallback = Py_None;
  return PyModule_AddStringConstant(module, "flavour", "plain");
}

static PyObject *count(PyObject *module, PyObject *unused) {
  return own_dict == NULL ? Py_NewRef(fallback) : PyLong_FromSsize_t(PyDict_Size(own_dict));
}

static PyMethodDef methods[] = {
    {"count", count, METH_NOARGS, NULL},
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
    .m_name = "stored_borrowed_reference_init_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_stored_borrowed_reference_init_good(void) {
  return PyModuleDef_Init(&definition);
}
