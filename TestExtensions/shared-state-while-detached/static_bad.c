// The table of the module is filled while detached, and looked into by threads that are attached.
#include <Python.h>

#define LIMIT 100000

static unsigned char composite[LIMIT];  // expect: mutable-static-table

static PyObject *sieve(PyObject *module, PyObject *unused) {
  Py_BEGIN_ALLOW_THREADS
  for (long i = 2; i * i < LIMIT; i++) {
    for (long j = i * i; j < LIMIT; j += i) {
      composite[j] = 1;  // expect: shared-state-while-detached
    }
  }
  Py_END_ALLOW_THREADS
  Py_RETURN_NONE;
}

static PyObject *is_prime(PyObject *module, PyObject *number) {
  long value = PyLong_AsLong(number);
  if (value < 2 || value >= LIMIT) {
    PyErr_SetString(PyExc_ValueError, "out of range");
    return NULL;
  }
  return PyBool_FromLong(!composite[value]);
}

static PyMethodDef methods[] = {
    {"sieve", sieve, METH_NOARGS, NULL},
    {"is_prime", is_prime, METH_O, NULL},
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
    .m_name = "shared_state_while_detached_static_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_shared_state_while_detached_static_bad(void) {
  return PyModuleDef_Init(&definition);
}
