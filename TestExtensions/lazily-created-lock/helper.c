// A helper makes the lock that it is given the address of.
#include <Python.h>

static PyThread_type_lock lock;  // expect: lazily-created-lock
static double balance;

static int ensure_lock(PyThread_type_lock *made) {
  if (*made == NULL) {
    *made = PyThread_allocate_lock();
  }
  return *made == NULL ? -1 : 0;
}

static PyObject *deposit(PyObject *module, PyObject *amount) {
  double value = PyFloat_AsDouble(amount);
  if (value == -1.0 && PyErr_Occurred()) {
    return NULL;
  }
  if (ensure_lock(&lock) < 0) {
    return PyErr_NoMemory();
  }
  PyThread_acquire_lock(lock, WAIT_LOCK);
  balance += value;
  value = balance;
  PyThread_release_lock(lock);
  return PyFloat_FromDouble(value);
}

static PyMethodDef methods[] = {
    {"deposit", deposit, METH_O, NULL},
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
    .m_name = "lazily_created_lock_helper",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lazily_created_lock_helper(void) {
  return PyModuleDef_Init(&definition);
}
