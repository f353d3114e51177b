// The declaration is the first slot, and the table is const but for the cast.
#include <Python.h>

static PyObject *answer(PyObject *module, PyObject *unused) {
  return PyLong_FromLong(42);
}

static PyMethodDef methods[] = {
    {"answer", answer, METH_NOARGS, "Return 42."},
    {NULL, NULL, 0, NULL},
};

static int exec_module(PyObject *module) {
  return PyModule_AddIntConstant(module, "version", 1);
}

static const PyModuleDef_Slot slots[] = {
#if PY_VERSION_HEX >= 0x030D0000
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {Py_mod_exec, exec_module},
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "gil_slot_missing_first_slot_good",
    .m_size = 0,
    .m_methods = methods,
    .m_slots = (PyModuleDef_Slot *)slots,
};

PyMODINIT_FUNC PyInit_gil_slot_missing_first_slot_good(void) {
  return PyModuleDef_Init(&definition);
}
