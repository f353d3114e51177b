// Single-phase; the helper that makes the module is in the other file.
#include <Python.h>

#include "maker.h"

PyMODINIT_FUNC PyInit_single_phase(void) {
  return make_module();
}
