// Two modules in one file: the second needs the GIL.
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

static PyModuleDef_Slot first_slots[] = {
    {Py_mod_exec, exec_module},
#if PY_VERSION_HEX >= 0x030D0000
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef first = {
    PyModuleDef_HEAD_INIT,
    .m_name = "gil_declared_used_two_modules_a",
    .m_size = 0,
    .m_methods = methods,
    .m_slots = first_slots,
};

PyMODINIT_FUNC PyInit_gil_declared_used_two_modules_a(void) {
  return PyModuleDef_Init(&first);
}

static PyModuleDef_Slot second_slots[] = {
    {Py_mod_exec, exec_module},
#if PY_VERSION_HEX >= 0x030D0000
    {Py_mod_gil, Py_MOD_GIL_USED},  // expect: gil-declared-used
#endif
    {0, NULL},
};

static struct PyModuleDef second = {
    PyModuleDef_HEAD_INIT,
    .m_name = "gil_declared_used_two_modules_b",
    .m_size = 0,
    .m_methods = methods,
    .m_slots = second_slots,
};

PyMODINIT_FUNC PyInit_gil_declared_used_two_modules_b(void) {
  return PyModuleDef_Init(&second);
}
