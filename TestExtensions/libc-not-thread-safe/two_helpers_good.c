// One helper takes the mutex, another one releases it; every call of the group lies in between.
#include <Python.h>
#include <utmpx.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef int PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

static PyMutex sessions;

static void start(void) {
  PyMutex_Lock(&sessions);
  setutxent();
}

static void stop(void) {
  endutxent();
  PyMutex_Unlock(&sessions);
}

static PyObject *count(PyObject *module, PyObject *unused) {
  long found = 0;
  start();
  while (getutxent() != NULL) {
    found++;
  }
  stop();
  return PyLong_FromLong(found);
}

static PyMethodDef methods[] = {
    {"count", count, METH_NOARGS, NULL},
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
    .m_name = "libc_not_thread_safe_two_helpers_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_libc_not_thread_safe_two_helpers_good(void) {
  return PyModuleDef_Init(&definition);
}
