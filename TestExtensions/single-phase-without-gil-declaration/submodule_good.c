// A multi-phase module, declared, makes a submodule of its own: only the imported module counts.
#include <Python.h>

static PyObject *answer(PyObject *module, PyObject *unused) {
  return PyLong_FromLong(42);
}

static PyMethodDef methods[] = {
    {"answer", answer, METH_NOARGS, "Return 42."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef inner = {
    PyModuleDef_HEAD_INIT,
    .m_name = "inner",
    .m_size = -1,
    .m_methods = methods,
};

static int exec_module(PyObject *module) {
  PyObject *created = PyModule_Create(&inner);
  if (created == NULL) {
    return -1;
  }
  int failed = PyModule_AddObjectRef(module, "inner", created);
  Py_DECREF(created);
  return failed;
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#if PY_VERSION_HEX >= 0x030D0000
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "single_phase_submodule_good",
    .m_size = 0,
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_single_phase_submodule_good(void) {
  return PyModuleDef_Init(&definition);
}
