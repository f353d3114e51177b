// A helper changes the number that it is given the address of.
#include <Python.h>

static long next_port = 49152;  // expect: unsynchronised-static-scalar

static long take(long *counter, long step) {
  long value = *counter;
  *counter = value + step;
  return value;
}

static PyObject *reserve(PyObject *module, PyObject *count) {
  long step = PyLong_AsLong(count);
  if (step == -1 && PyErr_Occurred()) {
    return NULL;
  }
  return PyLong_FromLong(take(&next_port, step));
}

static PyMethodDef methods[] = {
    {"reserve", reserve, METH_O, NULL},
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
    .m_name = "unsynchronised_static_scalar_helper",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unsynchronised_static_scalar_helper(void) {
  return PyModuleDef_Init(&definition);
}
