// Declared, and rightly so as far as can be told.
#include <Python.h>

static PyModuleDef_Slot slots[] = {
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "menagerie.declared",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_declared(void) {
  return PyModuleDef_Init(&definition);
}
