#include <Python.h>

void single_phase_two_files_good_fill(PyObject *module) {
#ifdef Py_GIL_DISABLED
  PyUnstable_Module_SetGIL(module, Py_MOD_GIL_NOT_USED);
#endif
  PyModule_AddStringConstant(module, "backend", "C");
}
