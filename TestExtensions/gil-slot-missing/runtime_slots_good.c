// The init function fills the slots at run time.
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

static PyModuleDef_Slot slots[3];

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "gil_slot_missing_runtime_slots_good",
    .m_size = 0,
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_gil_slot_missing_runtime_slots_good(void) {
  int next = 0;
  slots[next].slot = Py_mod_exec;
  slots[next].value = exec_module;
  next += 1;
#if PY_VERSION_HEX >= 0x030D0000
  slots[next].slot = Py_mod_gil;
  slots[next].value = Py_MOD_GIL_NOT_USED;
  next += 1;
#endif
  slots[next].slot = 0;
  slots[next].value = NULL;
  return PyModuleDef_Init(&definition);
}
