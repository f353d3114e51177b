// Needed in the free-threaded build, not needed elsewhere: the free-threaded view counts.
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
    {Py_mod_exec, exec_module},
#if PY_VERSION_HEX >= 0x030D0000
#ifdef Py_GIL_DISABLED
    {Py_mod_gil, Py_MOD_GIL_USED},  // expect: gil-declared-used
#else
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "gil_declared_used_ifdef",
    .m_size = 0,
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_gil_declared_used_ifdef(void) {
  return PyModuleDef_Init(&definition);
}
