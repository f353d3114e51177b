// A table of results of earlier calls. A thread can see one entry's key beside another's value.
#include <Python.h>

static struct {
  unsigned long key;
  unsigned long value;
} memo[64];  // expect: mutable-static-table

static unsigned long steps(unsigned long number) {
  unsigned long count = 0;
  for (unsigned long n = number; n > 1; n = n % 2 == 0 ? n / 2 : 3 * n + 1) {
    count++;
  }
  return count;
}

static PyObject *collatz(PyObject *module, PyObject *number) {
  unsigned long key = PyLong_AsUnsignedLong(number);
  if (PyErr_Occurred()) {
    return NULL;
  }
  if (memo[key % 64].key != key) {
    memo[key % 64].value = steps(key);
    memo[key % 64].key = key;
  }
  return PyLong_FromUnsignedLong(memo[key % 64].value);
}

static PyMethodDef methods[] = {
    {"collatz", collatz, METH_O, NULL},
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
    .m_name = "mutable_static_table_memo",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_mutable_static_table_memo(void) {
  return PyModuleDef_Init(&definition);
}
