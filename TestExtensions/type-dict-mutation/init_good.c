// While the module is made its own type may be completed; afterwards its dict is only read.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  int flags;
} Option;

static PyTypeObject Option_Type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "init_good.Option",
    .tp_basicsize = sizeof(Option),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
};

static int add_constant(PyTypeObject *type, const char *name, long value) {
  PyObject *number = PyLong_FromLong(value);
  if (number == NULL) {
    return -1;
  }
  int result = PyDict_SetItemString(type->tp_dict, name, number);
  Py_DECREF(number);
  return result;
}

static int exec_module(PyObject *module) {
  Option_Type.tp_new = PyType_GenericNew;
  if (PyType_Ready(&Option_Type) < 0 || add_constant(&Option_Type, "NONE", 0) < 0 ||
      add_constant(&Option_Type, "ALL", 7) < 0) {
    return -1;
  }
  PyType_Modified(&Option_Type);
  return PyModule_AddObjectRef(module, "Option", (PyObject *)&Option_Type);
}

static PyObject *has_constant(PyObject *module, PyObject *name) {
  int found = PyObject_HasAttr((PyObject *)&Option_Type, name);
  return PyBool_FromLong(found);
}

static PyObject *set_constant(PyObject *module, PyObject *args) {
  PyObject *type, *name, *value;
  if (!PyArg_ParseTuple(args, "O!UO", &PyType_Type, &type, &name, &value)) {
    return NULL;
  }
  return PyObject_SetAttr(type, name, value) < 0 ? NULL : Py_NewRef(Py_None);
}

static PyMethodDef methods[] = {
    {"has_constant", has_constant, METH_O, NULL},
    {"set_constant", set_constant, METH_VARARGS, NULL},
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
    .m_name = "type_dict_mutation_init_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_type_dict_mutation_init_good(void) {
  return PyModuleDef_Init(&definition);
}
