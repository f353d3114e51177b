// Counters that are only ever reported. An increment can get lost, and no more: medium.
#include <Python.h>

static unsigned long calls;  // expect: unsynchronised-static-scalar
static unsigned long errors;  // expect: unsynchronised-static-scalar

static PyObject *half(PyObject *module, PyObject *number) {
  calls++;
  double value = PyFloat_AsDouble(number);
  if (value == -1.0 && PyErr_Occurred()) {
    errors += 1;
    return NULL;
  }
  return PyFloat_FromDouble(value / 2);
}

static PyObject *statistics(PyObject *module, PyObject *unused) {
  return Py_BuildValue("{s:k,s:k}", "calls", calls, "errors", errors);
}

static PyMethodDef methods[] = {
    {"half", half, METH_O, NULL},
    {"statistics", statistics, METH_NOARGS, NULL},
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
    .m_name = "unsynchronised_static_scalar_statistics",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unsynchronised_static_scalar_statistics(void) {
  return PyModuleDef_Init(&definition);
}
