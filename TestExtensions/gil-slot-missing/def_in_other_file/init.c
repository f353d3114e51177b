// The init function; the definition is in another file.
#include <Python.h>

extern struct PyModuleDef gil_slot_missing_def_in_other_file_definition;

PyMODINIT_FUNC PyInit_gil_slot_missing_def_in_other_file(void) {
  return PyModuleDef_Init(&gil_slot_missing_def_in_other_file_definition);
}
