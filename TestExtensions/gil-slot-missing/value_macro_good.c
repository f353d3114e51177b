// The value of the declaration is a macro of the project, and cast.
#include <Python.h>

#if PY_VERSION_HEX >= 0x030D0000
#define PROJECT_GIL Py_MOD_GIL_NOT_USED
#endif

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
    {Py_mod_exec, exec_module},
#ifdef PROJECT_GIL
    {Py_mod_gil, (void *)(PROJECT_GIL)},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "gil_slot_missing_value_macro_good",
    .m_size = 0,
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_gil_slot_missing_value_macro_good(void) {
  return PyModuleDef_Init(&definition);
}
