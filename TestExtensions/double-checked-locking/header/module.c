// The function with both tests is in a header, the variable in another file.
#include <Python.h>
#include "primes.h"

static int exec_module(PyObject *module) {
  double_checked_locking_header_lock = PyThread_allocate_lock();
  return double_checked_locking_header_lock == NULL ? -1 : 0;
}

static PyObject *prime(PyObject *module, PyObject *index) {
  unsigned long i = PyLong_AsUnsignedLong(index);
  if (PyErr_Occurred()) {
    return NULL;
  }
  int *primes = get_primes();
  return primes == NULL ? PyErr_NoMemory() : PyLong_FromLong(primes[i % 8]);
}

static PyMethodDef methods[] = {
    {"prime", prime, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "double_checked_locking_header",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_double_checked_locking_header(void) {
  return PyModuleDef_Init(&definition);
}
