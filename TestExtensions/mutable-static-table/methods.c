// A table of methods is changed by a call, while Python reads it.
#include <Python.h>

static PyObject *identity(PyObject *module, PyObject *object) {
  return Py_NewRef(object);
}

static PyObject *document(PyObject *module, PyObject *text);

static PyMethodDef methods[] = {  // expect: mutable-static-table
    {"identity", identity, METH_O, NULL},
    {"document", document, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyObject *document(PyObject *module, PyObject *text) {
  methods[0].ml_doc = PyObject_IsTrue(text) ? "Return the object." : "";
  Py_RETURN_NONE;
}

static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "mutable_static_table_methods",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_mutable_static_table_methods(void) {
  return PyModuleDef_Init(&definition);
}
