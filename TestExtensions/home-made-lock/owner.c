// A lock that its owner can take again. Who asks whether he is the owner reads without the lock.
#include <Python.h>

static struct {
  PyThread_type_lock lock;
  unsigned long owner;
  int count;
} monitor;  // expect: home-made-lock

static int acquire(void) {
  unsigned long me = PyThread_get_thread_ident();
  if (monitor.owner == me) {
    monitor.count++;
    return 1;
  }
  if (!PyThread_acquire_lock(monitor.lock, NOWAIT_LOCK)) {
    return 0;
  }
  monitor.owner = me;
  monitor.count = 1;
  return 1;
}

static void release(void) {
  if (--monitor.count == 0) {
    monitor.owner = 0;
    PyThread_release_lock(monitor.lock);
  }
}

static int exec_module(PyObject *module) {
  monitor.lock = PyThread_allocate_lock();
  return monitor.lock == NULL ? -1 : 0;
}

static PyObject *guarded(PyObject *module, PyObject *function) {
  if (!acquire()) {
    PyErr_SetString(PyExc_BlockingIOError, "in use");
    return NULL;
  }
  PyObject *result = PyObject_CallNoArgs(function);
  release();
  return result;
}

static PyMethodDef methods[] = {
    {"guarded", guarded, METH_O, NULL},
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
    .m_name = "home_made_lock_owner",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_home_made_lock_owner(void) {
  return PyModuleDef_Init(&definition);
}
