// Definition and init function; methods, slots and the exec function are in content.c.
#include <Python.h>

extern PyMethodDef gil_slot_missing_two_files_methods[];
extern PyModuleDef_Slot gil_slot_missing_two_files_slots[];

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "gil_slot_missing_two_files",
    .m_methods = gil_slot_missing_two_files_methods,
    .m_slots = gil_slot_missing_two_files_slots,
};

PyMODINIT_FUNC PyInit_gil_slot_missing_two_files(void) {
  return PyModuleDef_Init(&definition);
}
