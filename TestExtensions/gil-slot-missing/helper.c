// The init function leaves the work to helper functions.
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

// expect: gil-slot-missing
static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "gil_slot_missing_helper",
    .m_size = 0,
    .m_methods = methods,
    .m_slots = slots,
};

static PyObject *initialise(struct PyModuleDef *wanted) {
  return PyModuleDef_Init(wanted);
}

static PyObject *start(void) {
  return initialise(&definition);
}

PyMODINIT_FUNC PyInit_gil_slot_missing_helper(void) {
  return start();
}
