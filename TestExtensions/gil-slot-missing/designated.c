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

static PyModuleDef_Slot slots[] = {  // expect: gil-slot-missing
    [0] = {.value = exec_module, .slot = Py_mod_exec},
    [1] = {.slot = 0, .value = NULL},
};

static PyModuleDef definition = {
    .m_slots = slots,
    .m_methods = methods,
    .m_name = "gil_slot_missing_designated",
    .m_base = PyModuleDef_HEAD_INIT,
};

PyMODINIT_FUNC PyInit_gil_slot_missing_designated(void) {
  return PyModuleDef_Init(&definition);
}
