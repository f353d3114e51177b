// The call comes from a macro; its use is the place.
#include <Python.h>

#ifdef Py_GIL_DISABLED
#define DECLARE(module) PyUnstable_Module_SetGIL(module, Py_MOD_GIL_NOT_USED)
#else
#define DECLARE(module) 0
#endif

static PyObject *answer(PyObject *module, PyObject *unused) {
  return PyLong_FromLong(42);
}

static PyMethodDef methods[] = {
    {"answer", answer, METH_NOARGS, "Return 42."},
    {NULL, NULL, 0, NULL},
};

static int exec_module(PyObject *module) {
  if (DECLARE(module) < 0) {  // expect: gil-declaration-ineffective
    return -1;
  }
  return PyModule_AddIntConstant(module, "version", 1);
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "gil_ineffective_macro",
    .m_size = 0,
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_gil_ineffective_macro(void) {
  return PyModuleDef_Init(&definition);
}
