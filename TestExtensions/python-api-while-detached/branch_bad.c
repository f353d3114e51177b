// Only the verbose branch attaches for its message; the list is appended to on both.
#include <Python.h>

static int is_prime(unsigned long number) {
  for (unsigned long d = 2; d * d <= number; d++) {
    if (number % d == 0) {
      return 0;
    }
  }
  return number > 1;
}

static PyObject *primes(PyObject *module, PyObject *args) {
  unsigned long last;
  int verbose;
  if (!PyArg_ParseTuple(args, "kp", &last, &verbose)) {
    return NULL;
  }
  PyObject *largest = NULL;
  unsigned long found = 0;
  Py_BEGIN_ALLOW_THREADS
  for (unsigned long i = 0; i <= last; i++) {
    found = is_prime(i) ? i : found;
  }
  if (verbose) {
    Py_BLOCK_THREADS
    PySys_WriteStdout("largest: %lu\n", found);
    Py_UNBLOCK_THREADS
  }
  largest = PyLong_FromUnsignedLong(found);  // expect: python-api-while-detached
  Py_END_ALLOW_THREADS
  return largest;
}

static PyMethodDef methods[] = {
    {"primes", primes, METH_VARARGS, NULL},
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
    .m_name = "python_api_while_detached_branch_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_python_api_while_detached_branch_bad(void) {
  return PyModuleDef_Init(&definition);
}
