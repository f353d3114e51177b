#include <Python.h>

int gil_ineffective_two_files_exec(PyObject *module) {
#ifdef Py_GIL_DISABLED
  if (PyUnstable_Module_SetGIL(module, Py_MOD_GIL_NOT_USED) < 0) {  // expect: gil-declaration-ineffective
    return -1;
  }
#endif
  return PyModule_AddIntConstant(module, "version", 1);
}
