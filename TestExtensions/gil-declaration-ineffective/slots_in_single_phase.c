// PyModule_Create refuses a definition with slots.
#include <Python.h>

static PyObject *answer(PyObject *module, PyObject *unused) {
  return PyLong_FromLong(42);
}

static PyMethodDef methods[] = {
    {"answer", answer, METH_NOARGS, "Return 42."},
    {NULL, NULL, 0, NULL},
};

#if PY_VERSION_HEX >= 0x030D0000
static PyModuleDef_Slot slots[] = {
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: gil-declaration-ineffective
    {0, NULL},
};
#else
#define slots NULL
#endif

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "gil_ineffective_slots_in_single_phase",
    .m_size = -1,
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_gil_ineffective_slots_in_single_phase(void) {
  return PyModule_Create(&definition);
}
