#include <Python.h>

static PyObject *answer(PyObject *module, PyObject *unused) {
  return PyLong_FromLong(42);
}

PyMethodDef gil_slot_missing_two_files_methods[] = {
    {"answer", answer, METH_NOARGS, "Return 42."},
    {NULL, NULL, 0, NULL},
};

static int exec_module(PyObject *module) {
  return PyModule_AddIntConstant(module, "version", 1);
}

PyModuleDef_Slot gil_slot_missing_two_files_slots[] = {  // expect: gil-slot-missing
    {Py_mod_exec, exec_module},
    {0, NULL},
};
