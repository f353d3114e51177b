// A helper completes whatever type it is given; two calls complete one each.
#include <Python.h>

static PyTypeObject Left_Type = {  // expect: static-type-mutated
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "sides.Left",
    .tp_basicsize = sizeof(PyObject),
};

static PyTypeObject Right_Type = {  // expect: static-type-mutated
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "sides.Right",
    .tp_basicsize = sizeof(PyObject),
};

static int complete(PyTypeObject *type) {
  if (type->tp_dict != NULL) {
    return 0;
  }
  type->tp_flags = Py_TPFLAGS_DEFAULT;
  type->tp_new = PyType_GenericNew;
  return PyType_Ready(type);
}

static PyObject *left(PyObject *module, PyObject *unused) {
  return complete(&Left_Type) < 0 ? NULL : PyObject_CallNoArgs((PyObject *)&Left_Type);
}

static PyObject *right(PyObject *module, PyObject *unused) {
  return complete(&Right_Type) < 0 ? NULL : PyObject_CallNoArgs((PyObject *)&Right_Type);
}

static PyMethodDef methods[] = {
    {"left", left, METH_NOARGS, NULL},
    {"right", right, METH_NOARGS, NULL},
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
    .m_name = "static_type_mutated_helper",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_type_mutated_helper(void) {
  return PyModuleDef_Init(&definition);
}
