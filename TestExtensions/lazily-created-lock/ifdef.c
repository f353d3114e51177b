// Ordinary builds make the lock on import, free-threaded ones when it is first needed.
#include <Python.h>

static PyThread_type_lock lock;  // expect: lazily-created-lock
static long serial;

static int exec_module(PyObject *module) {
#ifndef Py_GIL_DISABLED
  lock = PyThread_allocate_lock();
  if (lock == NULL) {
    return -1;
  }
#endif
  return PyModule_AddIntConstant(module, "first", serial);
}

static PyObject *next_serial(PyObject *module, PyObject *unused) {
#ifdef Py_GIL_DISABLED
  if (lock == NULL) {
    lock = PyThread_allocate_lock();
  }
  PyThread_acquire_lock(lock, WAIT_LOCK);
#endif
  long mine = ++serial;
#ifdef Py_GIL_DISABLED
  PyThread_release_lock(lock);
#endif
  return PyLong_FromLong(mine);
}

static PyMethodDef methods[] = {
    {"next_serial", next_serial, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "lazily_created_lock_ifdef",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lazily_created_lock_ifdef(void) {
  return PyModuleDef_Init(&definition);
}
