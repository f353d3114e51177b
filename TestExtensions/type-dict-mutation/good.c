// The module of bad.c; the attribute is set as Python code would set it.
#include <Python.h>

static PyObject *register_field(PyObject *module, PyObject *args) {
  PyObject *type, *name, *descriptor;
  if (!PyArg_ParseTuple(args, "O!UO", &PyType_Type, &type, &name, &descriptor)) {
    return NULL;
  }
  if (PyObject_SetAttr(type, name, descriptor) < 0) {
    return NULL;
  }
  Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"register_field", register_field, METH_VARARGS, NULL},
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
    .m_name = "type_dict_mutation_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_type_dict_mutation_good(void) {
  return PyModuleDef_Init(&definition);
}
