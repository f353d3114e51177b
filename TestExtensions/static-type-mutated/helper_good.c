// A helper completes the types of a list that the exec function goes through.
#include <Python.h>

static PyTypeObject Left_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "sides.Left",
    .tp_basicsize = sizeof(PyObject),
};

static PyTypeObject Right_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "sides.Right",
    .tp_basicsize = sizeof(PyObject),
};

static int complete(PyTypeObject *type) {
  type->tp_flags = Py_TPFLAGS_DEFAULT;
  type->tp_new = PyType_GenericNew;
  return PyType_Ready(type);
}

static int exec_module(PyObject *module) {
  PyTypeObject *const types[] = {&Left_Type, &Right_Type};
  for (int i = 0; i < 2; i++) {
    if (complete(types[i]) < 0 || PyModule_AddType(module, types[i]) < 0) {
      return -1;
    }
  }
  return 0;
}

static PyObject *left(PyObject *module, PyObject *unused) {
  return PyObject_CallNoArgs((PyObject *)&Left_Type);
}

static PyObject *is_right(PyObject *module, PyObject *object) {
  return PyBool_FromLong(Py_TYPE(object) == &Right_Type);
}

static PyMethodDef methods[] = {
    {"left", left, METH_NOARGS, NULL},
    {"is_right", is_right, METH_O, NULL},
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
    .m_name = "static_type_mutated_helper_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_type_mutated_helper_good(void) {
  return PyModuleDef_Init(&definition);
}
