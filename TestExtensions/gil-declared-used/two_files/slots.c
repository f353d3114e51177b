#include <Python.h>

static int exec_module(PyObject *module) {
  return PyModule_AddIntConstant(module, "version", 1);
}

PyModuleDef_Slot gil_declared_used_two_files_slots[] = {
    {Py_mod_exec, exec_module},
#if PY_VERSION_HEX >= 0x030D0000
    {Py_mod_gil, Py_MOD_GIL_USED},  // expect: gil-declared-used
#endif
    {0, NULL},
};
