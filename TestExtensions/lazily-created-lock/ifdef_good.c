// Free-threaded builds make the lock on import; others need none.
#include <Python.h>

#ifdef Py_GIL_DISABLED
static PyThread_type_lock lock;
#endif
static long serial;

static int exec_module(PyObject *module) {
#ifdef Py_GIL_DISABLED
  lock = PyThread_allocate_lock();
  if (lock == NULL) {
    return -1;
  }
#endif
  return PyModule_AddIntConstant(module, "first", serial);
}

static PyObject *next_serial(PyObject *module, PyObject *unused) {
#ifdef Py_GIL_DISABLED
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "lazily_created_lock_ifdef_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lazily_created_lock_ifdef_good(void) {
  return PyModuleDef_Init(&definition);
}
