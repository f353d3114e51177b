// The pointer changes, though what it points to is constant.
#include <Python.h>

static const char *mode = "fast";  // expect: mutable-static-table

static PyObject *set_exact(PyObject *module, PyObject *flag) {
  mode = PyObject_IsTrue(flag) ? "exact" : "fast";
  Py_RETURN_NONE;
}

static PyObject *get_mode(PyObject *module, PyObject *unused) {
  return PyUnicode_FromString(mode);
}

static PyMethodDef methods[] = {
    {"set_exact", set_exact, METH_O, NULL},
    {"get_mode", get_mode, METH_NOARGS, NULL},
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
    .m_name = "mutable_static_table_pointer_to_const",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_mutable_static_table_pointer_to_const(void) {
  return PyModuleDef_Init(&definition);
}
