// An attribute is written into the dict of a type that is in use; the caches of types do not see it.
#include <Python.h>

static PyObject *register_field(PyObject *module, PyObject *args) {
  PyObject *type, *name, *descriptor;
  if (!PyArg_ParseTuple(args, "O!UO", &PyType_Type, &type, &name, &descriptor)) {
    return NULL;
  }
  PyTypeObject *target = (PyTypeObject *)type;
  if (PyDict_SetItem(target->tp_dict, name, descriptor) < 0) {  // expect: type-dict-mutation
    return NULL;
  }
  PyType_Modified(target);
  Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"register_field", register_field, METH_VARARGS, NULL},
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
    .m_name = "type_dict_mutation_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_type_dict_mutation_bad(void) {
  return PyModuleDef_Init(&definition);
}
