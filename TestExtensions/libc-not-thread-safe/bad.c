// The result of localtime is in a buffer that all threads share.
#include <Python.h>
#include <time.h>

static PyObject *fields(PyObject *module, PyObject *seconds) {
  time_t when = (time_t)PyLong_AsLongLong(seconds);
  if (when == (time_t)-1 && PyErr_Occurred()) {
    return NULL;
  }
  struct tm *parts = localtime(&when);  // expect: libc-not-thread-safe
  if (parts == NULL) {
    PyErr_SetString(PyExc_ValueError, "time out of range");
    return NULL;
  }
  return Py_BuildValue("iiiiii", parts->tm_year + 1900, parts->tm_mon + 1, parts->tm_mday,
                       parts->tm_hour, parts->tm_min, parts->tm_sec);
}

static PyMethodDef methods[] = {
    {"fields", fields, METH_O, NULL},
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
    .m_name = "libc_not_thread_safe_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_libc_not_thread_safe_bad(void) {
  return PyModuleDef_Init(&definition);
}
