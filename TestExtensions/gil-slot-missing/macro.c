// The slots come from a macro; the array that uses it is the place.
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

#define MODULE_SLOTS(function) {Py_mod_exec, function}, {0, NULL}

static PyModuleDef_Slot slots[] = {MODULE_SLOTS(exec_module)};  // expect: gil-slot-missing

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "gil_slot_missing_macro",
    .m_size = 0,
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_gil_slot_missing_macro(void) {
  return PyModuleDef_Init(&definition);
}
