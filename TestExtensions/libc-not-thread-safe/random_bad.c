// Samples come from the generator of the process: no crash, but nobody can repeat a run.
#include <Python.h>
#include <stdlib.h>

static double uniform(void) { return (double)rand() / RAND_MAX; }  // expect: libc-not-thread-safe

static PyObject *seed(PyObject *module, PyObject *number) {
  unsigned long value = PyLong_AsUnsignedLongMask(number);
  if (PyErr_Occurred()) {
    return NULL;
  }
  srand((unsigned)value);  // expect: libc-not-thread-safe
  Py_RETURN_NONE;
}

static PyObject *estimate_pi(PyObject *module, PyObject *count) {
  long tries = PyLong_AsLong(count), inside = 0;
  if (tries <= 0) {
    PyErr_SetString(PyExc_ValueError, "a positive number");
    return NULL;
  }
  for (long i = 0; i < tries; i++) {
    double x = uniform(), y = uniform();
    inside += x * x + y * y < 1;
  }
  return PyFloat_FromDouble(4.0 * inside / tries);
}

static PyMethodDef methods[] = {
    {"seed", seed, METH_O, NULL},
    {"estimate_pi", estimate_pi, METH_O, NULL},
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
    .m_name = "libc_not_thread_safe_random_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_libc_not_thread_safe_random_bad(void) {
  return PyModuleDef_Init(&definition);
}
