// The whole entry comes from a macro; the line that uses it is the place.
#include <Python.h>

#if PY_VERSION_HEX >= 0x030D0000
#define GIL_SLOT {Py_mod_gil, Py_MOD_GIL_USED},
#else
#define GIL_SLOT
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
    GIL_SLOT  // expect: gil-declared-used
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "gil_declared_used_macro",
    .m_size = 0,
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_gil_declared_used_macro(void) {
  return PyModuleDef_Init(&definition);
}
