// The same helper, called by the exec function.
#include <Python.h>

static PyThread_type_lock lock;
static double balance;

static int ensure_lock(PyThread_type_lock *made) {
  if (*made == NULL) {
    *made = PyThread_allocate_lock();
  }
  return *made == NULL ? -1 : 0;
}

static int exec_module(PyObject *module) {
  return ensure_lock(&lock);
}

static PyObject *deposit(PyObject *module, PyObject *amount) {
  double value = PyFloat_AsDouble(amount);
  if (value == -1.0 && PyErr_Occurred()) {
    return NULL;
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
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "lazily_created_lock_helper_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lazily_created_lock_helper_good(void) {
  return PyModuleDef_Init(&definition);
}
