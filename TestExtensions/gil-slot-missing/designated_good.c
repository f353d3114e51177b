// Every initialiser is designated, and not in the order of the fields.
#include <Python.h>

static PyObject *answer(PyObject *module, PyObject *unused) {
  return PyLong_FromLong(42);
}

static PyMethodDef methods[] = {
    {"answer", answer, METH_NOARGS, "Return 42."},
    {NULL, NULL, 0, NULL},
};

static int exec_module(PyObject *module) {
  return PyModule_AddIntConstant(module, "version", 1);
}

static PyModuleDef_Slot slots[] = {
    [0] = {.value = exec_module, .slot = Py_mod_exec},
#if PY_VERSION_HEX >= 0x030D0000
    [1] = {.value = Py_MOD_GIL_NOT_USED, .slot = Py_mod_gil},
    [2] = {.slot = 0},
#else
    [1] = {.slot = 0},
#endif
};

static PyModuleDef definition = {
    .m_slots = slots,
    .m_methods = methods,
    .m_name = "gil_slot_missing_designated_good",
    .m_base = PyModuleDef_HEAD_INIT,
};

PyMODINIT_FUNC PyInit_gil_slot_missing_designated_good(void) {
  return PyModuleDef_Init(&definition);
}
