// The same helper on a number of the caller; the static one is only read.
#include <Python.h>

static long first_port = 49152;

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
  long port = first_port;
  take(&port, step);
  return PyLong_FromLong(port);
}

static PyMethodDef methods[] = {
    {"reserve", reserve, METH_O, NULL},
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
    .m_name = "unsynchronised_static_scalar_helper_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unsynchronised_static_scalar_helper_good(void) {
  return PyModuleDef_Init(&definition);
}
