// target: 3.15
// The old hook says the GIL is not needed, the new one that it is; 3.15 asks the new one only.
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

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#if PY_VERSION_HEX >= 0x030D0000
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "export_init_bad",
    .m_size = 0,
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_export_init_bad(void) {
  return PyModuleDef_Init(&definition);
}

#if PY_VERSION_HEX >= 0x030F0000

PyABIInfo_VAR(abi_info);

static PySlot export_slots[] = {
    PySlot_STATIC_DATA(Py_mod_abi, &abi_info),
    PySlot_STATIC_DATA(Py_mod_name, "export_init_bad"),
    PySlot_STATIC_DATA(Py_mod_methods, methods),
    PySlot_FUNC(Py_mod_exec, exec_module),
    PySlot_DATA(Py_mod_gil, Py_MOD_GIL_USED),
    PySlot_END,
};

PyMODEXPORT_FUNC PyModExport_export_init_bad(void) {  // expect: export-and-init-disagree
  return export_slots;
}

#endif
