// The type is defined in type.c and made ready here, by the first call.
#include <Python.h>

extern PyTypeObject TwoFiles_Empty_Type;

static PyObject *empty(PyObject *module, PyObject *unused) {
  if (TwoFiles_Empty_Type.tp_dict == NULL && PyType_Ready(&TwoFiles_Empty_Type) < 0) {
    return NULL;
  }
  return PyType_GenericAlloc(&TwoFiles_Empty_Type, 0);
}

static PyMethodDef methods[] = {
    {"empty", empty, METH_NOARGS, NULL},
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
    .m_name = "static_type_mutated_two_files",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_type_mutated_two_files(void) {
  return PyModuleDef_Init(&definition);
}
