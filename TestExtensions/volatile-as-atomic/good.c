// The module of bad.c; the flag is atomic.
#include <Python.h>
#include <stdatomic.h>

static atomic_int cancelled;

static PyObject *search(PyObject *module, PyObject *limit) {
  unsigned long last = PyLong_AsUnsignedLong(limit);
  if (PyErr_Occurred()) {
    return NULL;
  }
  unsigned long best = 0, steps = 0;
  for (unsigned long start = 1; start < last && !atomic_load(&cancelled); start++) {
    unsigned long length = 0;
    for (unsigned long n = start; n != 1; n = n % 2 ? 3 * n + 1 : n / 2) {
      length++;
    }
    if (length > steps) {
      steps = length;
      best = start;
    }
  }
  return PyLong_FromUnsignedLong(best);
}

static PyObject *cancel(PyObject *module, PyObject *unused) {
  atomic_store(&cancelled, 1);
  Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"search", search, METH_O, NULL},
    {"cancel", cancel, METH_NOARGS, NULL},
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
    .m_name = "volatile_as_atomic_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_volatile_as_atomic_good(void) {
  return PyModuleDef_Init(&definition);
}
