// The module of bad.c; the lock is made before anybody can call the module.
#include <Python.h>

static PyThread_type_lock lock;
static long long total;

static int exec_module(PyObject *module) {
  if (lock == NULL) {
    lock = PyThread_allocate_lock();
  }
  if (lock == NULL) {
    PyErr_NoMemory();
    return -1;
  }
  return 0;
}

static PyObject *add(PyObject *module, PyObject *amount) {
  long long value = PyLong_AsLongLong(amount);
  if (value == -1 && PyErr_Occurred()) {
    return NULL;
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
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "lazily_created_lock_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lazily_created_lock_good(void) {
  return PyModuleDef_Init(&definition);
}
