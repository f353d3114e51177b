#include <Python.h>

PyObject *single_phase_def_in_other_file_good_create(void);

PyMODINIT_FUNC PyInit_single_phase_def_in_other_file_good(void) {
  return single_phase_def_in_other_file_good_create();
}
