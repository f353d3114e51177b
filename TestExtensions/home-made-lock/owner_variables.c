// The same with variables: one finding, at the owner; the count belongs to it.
#include <Python.h>

static PyThread_type_lock lock;
static unsigned long owner;  // expect: home-made-lock
static int count;

static int acquire(void) {
  unsigned long me = PyThread_get_thread_ident();
  if (owner == me) {
    count++;
    return 1;
  }
  if (!PyThread_acquire_lock(lock, NOWAIT_LOCK)) {
    return 0;
  }
  owner = me;
  count = 1;
  return 1;
}

static void release(void) {
  if (--count == 0) {
    owner = 0;
    PyThread_release_lock(lock);
  }
}

static int exec_module(PyObject *module) {
  lock = PyThread_allocate_lock();
  return lock == NULL ? -1 : 0;
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
    .m_name = "home_made_lock_owner_variables",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_home_made_lock_owner_variables(void) {
  return PyModuleDef_Init(&definition);
}
