// The lock is made by whoever needs it first. Two threads can make two locks, and then exclude
// nobody.
#include <Python.h>

static PyThread_type_lock lock;  // expect: lazily-created-lock
static long long total;

static PyObject *add(PyObject *module, PyObject *amount) {
  long long value = PyLong_AsLongLong(amount);
  if (value == -1 && PyErr_Occurred()) {
    return NULL;
  }
  if (lock == NULL) {
    lock = PyThread_allocate_lock();
    if (lock == NULL) {
      return PyErr_NoMemory();
    }
  }
  PyThread_acquire_lock(lock, WAIT_LOCK);
  total += value;
  long long sum = total;
  PyThread_release_lock(lock);
  return PyLong_FromLongLong(sum);
}

static PyMethodDef methods[] = {
    {"add", add, METH_O, NULL},
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
    .m_name = "lazily_created_lock_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lazily_created_lock_bad(void) {
  return PyModuleDef_Init(&definition);
}
