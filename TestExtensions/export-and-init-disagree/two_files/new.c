// The hook for 3.15.
#include <Python.h>

#if PY_VERSION_HEX >= 0x030F0000

PyABIInfo_VAR(abi_info);

static int exec_module(PyObject *module) {
  return PyModule_AddIntConstant(module, "version", 2);
}

static PySlot export_slots[] = {
    PySlot_STATIC_DATA(Py_mod_abi, &abi_info),
    PySlot_FUNC(Py_mod_exec, exec_module),
    PySlot_DATA(Py_mod_gil, Py_MOD_GIL_USED),
    PySlot_END,
};

PyMODEXPORT_FUNC PyModExport_export_init_two_files(void) {  // expect: export-and-init-disagree
  return export_slots;
}

#endif
