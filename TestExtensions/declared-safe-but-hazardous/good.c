// What the module says is true: the counter is atomic.
#include <Python.h>

static _Atomic unsigned long last_ticket;

static PyObject *ticket(PyObject *module, PyObject *unused) {
  return PyLong_FromUnsignedLong(++last_ticket);
}

static PyMethodDef methods[] = {
    {"ticket", ticket, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "declared_safe_but_hazardous_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_declared_safe_but_hazardous_good(void) {
  return PyModuleDef_Init(&definition);
}
