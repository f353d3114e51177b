// The lock is a static variable of a header and is made by the exec function.
#include <Python.h>
#include "log.h"

static long lines;

static int exec_module(PyObject *module) {
  log_lock = PyThread_allocate_lock();
  return log_lock == NULL ? -1 : 0;
}

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
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "lazily_created_lock_header_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lazily_created_lock_header_good(void) {
  return PyModuleDef_Init(&definition);
}
