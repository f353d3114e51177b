// target: 3.15
// Slots written as designated initialisers.
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

#if PY_VERSION_HEX >= 0x030F0000

PyABIInfo_VAR(abi_info);

static PySlot export_slots[] = {  // expect: export-slots-without-gil
    {.sl_id = Py_mod_abi, .sl_flags = PySlot_STATIC, .sl_ptr = &abi_info},
    {.sl_id = Py_mod_methods, .sl_flags = PySlot_STATIC, .sl_ptr = methods},
    {.sl_id = Py_mod_exec, .sl_func = (void (*)(void))exec_module},
    {.sl_id = 0},
};

PyMODEXPORT_FUNC PyModExport_export_slots_designated(void) {
  return export_slots;
}

#else

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#if PY_VERSION_HEX >= 0x030D0000
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "export_slots_designated",
    .m_size = 0,
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_export_slots_designated(void) {
  return PyModuleDef_Init(&definition);
}

#endif
