#include <Python.h>

PyObject *single_phase_def_in_other_file_create(void);

PyMODINIT_FUNC PyInit_single_phase_def_in_other_file(void) {  // expect: single-phase-without-gil-declaration
  return single_phase_def_in_other_file_create();
}
