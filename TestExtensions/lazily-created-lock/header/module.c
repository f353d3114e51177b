// The lock is a static variable of a header and is made there.
#include <Python.h>
#include "log.h"

static long lines;

static PyObject *log_line(PyObject *module, PyObject *unused) {
  log_begin();
  lines += 1;
  long number = lines;
  log_end();
  return PyLong_FromLong(number);
}

static PyMethodDef methods[] = {
    {"log_line", log_line, METH_NOARGS, NULL},
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
    .m_name = "lazily_created_lock_header",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lazily_created_lock_header(void) {
  return PyModuleDef_Init(&definition);
}
