// Old versions get the old initialisation; what is compiled out does not count.
#include <Python.h>

static PyObject *answer(PyObject *module, PyObject *unused) {
  return PyLong_FromLong(42);
}

static PyMethodDef methods[] = {
    {"answer", answer, METH_NOARGS, "Return 42."},
    {NULL, NULL, 0, NULL},
};

#if PY_VERSION_HEX >= 0x030D0000

static int exec_module(PyObject *module) {
  return PyModule_AddIntConstant(module, "version", 1);
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "gil_slot_missing_version_switch_good",
    .m_size = 0,
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_gil_slot_missing_version_switch_good(void) {
  return PyModuleDef_Init(&definition);
}

#else

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "gil_slot_missing_version_switch_good",
    .m_size = -1,
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit_gil_slot_missing_version_switch_good(void) {
  return PyModule_Create(&definition);
}

#endif
