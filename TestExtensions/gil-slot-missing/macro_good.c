// The slots, the declaration among them, come from a macro.
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

#if PY_VERSION_HEX >= 0x030D0000
#define GIL_SLOT {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#else
#define GIL_SLOT
#endif
#define MODULE_SLOTS(function) {Py_mod_exec, function}, GIL_SLOT {0, NULL}

static PyModuleDef_Slot slots[] = {MODULE_SLOTS(exec_module)};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "gil_slot_missing_macro_good",
    .m_size = 0,
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_gil_slot_missing_macro_good(void) {
  return PyModuleDef_Init(&definition);
}
