// Every initialiser is positional, and the slots are written without inner braces.
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
    Py_mod_exec, (void *)exec_module,
    0, NULL,
};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "gil_slot_missing_positional", NULL, 0, methods, slots, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit_gil_slot_missing_positional(void) {
  return PyModuleDef_Init(&definition);
}
