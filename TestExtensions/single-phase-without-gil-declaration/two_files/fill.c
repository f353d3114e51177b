#include <Python.h>

void single_phase_two_files_fill(PyObject *module) {
  PyModule_AddStringConstant(module, "backend", "C");
}
