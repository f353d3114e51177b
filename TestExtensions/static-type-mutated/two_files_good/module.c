// The type is defined in type.c and completed here, by the exec function.
#include <Python.h>

extern PyTypeObject static_type_mutated_two_files_good_Type;

static int exec_module(PyObject *module) {
  static_type_mutated_two_files_good_Type.tp_base = &PyBaseObject_Type;
  return PyModule_AddType(module, &static_type_mutated_two_files_good_Type);
}

static PyObject *empty(PyObject *module, PyObject *unused) {
  return PyType_GenericAlloc(&static_type_mutated_two_files_good_Type, 0);
}

static PyMethodDef methods[] = {
    {"empty", empty, METH_NOARGS, NULL},
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
    .m_name = "static_type_mutated_two_files_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_type_mutated_two_files_good(void) {
  return PyModuleDef_Init(&definition);
}
