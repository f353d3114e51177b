// Findings that are not severe do not make the declaration false.
#include <Python.h>

static unsigned long calls;  // expect: unsynchronised-static-scalar

static PyObject *touch(PyObject *module, PyObject *unused) {
  calls++;
  Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"touch", touch, METH_NOARGS, NULL},
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
    .m_name = "declared_safe_but_hazardous_medium",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_declared_safe_but_hazardous_medium(void) {
  return PyModuleDef_Init(&definition);
}
