// A struct that a function of the C library fills; that it is the safe one is of no use here.
#include <Python.h>
#include <time.h>

static PyObject *weekday(PyObject *module, PyObject *seconds) {
  static struct tm parts;  // expect: static-scratch-buffer
  time_t moment = (time_t)PyLong_AsLongLong(seconds);
  if (moment == -1 && PyErr_Occurred()) {
    return NULL;
  }
  if (gmtime_r(&moment, &parts) == NULL) {
    return PyErr_SetFromErrno(PyExc_OSError);
  }
  return PyLong_FromLong(parts.tm_wday);
}

static PyMethodDef methods[] = {
    {"weekday", weekday, METH_O, NULL},
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
    .m_name = "static_scratch_buffer_struct",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_scratch_buffer_struct(void) {
  return PyModuleDef_Init(&definition);
}
