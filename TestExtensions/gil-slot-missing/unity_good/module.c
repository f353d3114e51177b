// One unit that includes the other sources.
#include <Python.h>

#include "content.c"

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "gil_slot_missing_unity_good",
    .m_size = 0,
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_gil_slot_missing_unity_good(void) {
  return PyModuleDef_Init(&definition);
}
