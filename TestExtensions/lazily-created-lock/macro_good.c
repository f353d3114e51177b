// The macro only takes the lock, which the exec function has made.
#include <Python.h>

#define ACQUIRE(l) \
  do { \
    PyThread_acquire_lock(l, WAIT_LOCK); \
  } while (0)
#define RELEASE(l) PyThread_release_lock(l)

static PyThread_type_lock lock;
static double balance;

static int exec_module(PyObject *module) {
  lock = PyThread_allocate_lock();
  return lock == NULL ? -1 : 0;
}

static PyObject *deposit(PyObject *module, PyObject *amount) {
  double value = PyFloat_AsDouble(amount);
  if (value == -1.0 && PyErr_Occurred()) {
    return NULL;
  }
  ACQUIRE(lock);
  balance += value;
  value = balance;
  RELEASE(lock);
  return PyFloat_FromDouble(value);
}

static PyMethodDef methods[] = {
    {"deposit", deposit, METH_O, NULL},
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
    .m_name = "lazily_created_lock_macro_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lazily_created_lock_macro_good(void) {
  return PyModuleDef_Init(&definition);
}
