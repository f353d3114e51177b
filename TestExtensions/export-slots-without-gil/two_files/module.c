// target: 3.15
// The hook; the table is in slots.c.
#include <Python.h>

#if PY_VERSION_HEX >= 0x030F0000

extern PySlot export_slots_two_files_table[];

PyMODEXPORT_FUNC PyModExport_export_slots_two_files(void) {
  return export_slots_two_files_table;
}

#else

extern struct PyModuleDef export_slots_two_files_definition;

PyMODINIT_FUNC PyInit_export_slots_two_files(void) {
  return PyModuleDef_Init(&export_slots_two_files_definition);
}

#endif
