// A helper takes the dict of the type into a variable, and deletes from it or writes into it.
#include <Python.h>

static int patch(PyTypeObject *type, const char *name, PyObject *value) {
  PyObject *names = type->tp_dict;
  int result;
  if (value == NULL) {
    result = PyDict_DelItemString(names, name);  // expect: type-dict-mutation
  } else {
    result = PyDict_SetItemString(names, name, value);
  }
  PyType_Modified(type);
  return result;
}

static PyObject *patch_method(PyObject *module, PyObject *args) {
  PyObject *type, *function = NULL;
  const char *name;
  if (!PyArg_ParseTuple(args, "O!s|O", &PyType_Type, &type, &name, &function)) {
    return NULL;
  }
  return patch((PyTypeObject *)type, name, function) < 0 ? NULL : Py_NewRef(Py_None);
}

static PyMethodDef methods[] = {
    {"patch_method", patch_method, METH_VARARGS, NULL},
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
    .m_name = "type_dict_mutation_helper_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_type_dict_mutation_helper_bad(void) {
  return PyModuleDef_Init(&definition);
}
