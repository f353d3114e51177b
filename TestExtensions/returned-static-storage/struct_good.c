// A function that returns the struct itself.
#include <Python.h>

struct parts {
  long hours, minutes, seconds;
};

static struct parts split(long seconds) {
  struct parts result;
  result.hours = seconds / 3600;
  result.minutes = seconds / 60 % 60;
  result.seconds = seconds % 60;
  return result;
}

static PyObject *clock_time(PyObject *module, PyObject *seconds) {
  long value = PyLong_AsLong(seconds);
  if (value == -1 && PyErr_Occurred()) {
    return NULL;
  }
  struct parts parts = split(value);
  return Py_BuildValue("(lll)", parts.hours, parts.minutes, parts.seconds);
}

static PyMethodDef methods[] = {
    {"clock_time", clock_time, METH_O, NULL},
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
    .m_name = "returned_static_storage_struct_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_returned_static_storage_struct_good(void) {
  return PyModuleDef_Init(&definition);
}
