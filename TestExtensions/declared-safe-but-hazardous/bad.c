// The module says that it does not need the GIL, and counts without a lock.
#include <Python.h>

static unsigned long last_ticket;  // expect: unsynchronised-static-scalar

static PyObject *ticket(PyObject *module, PyObject *unused) {
  return PyLong_FromUnsignedLong(++last_ticket);
}

static PyMethodDef methods[] = {
    {"ticket", ticket, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "declared_safe_but_hazardous_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_declared_safe_but_hazardous_bad(void) {
  return PyModuleDef_Init(&definition);
}
