// Plain accesses are under the mutex, and so is the atomic one: it is only more than needed.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef int PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

static PyMutex lock;
static long pending;

static PyObject *submit(PyObject *module, PyObject *unused) {
  PyMutex_Lock(&lock);
  long now = __atomic_add_fetch(&pending, 1, __ATOMIC_SEQ_CST);
  PyMutex_Unlock(&lock);
  return PyLong_FromLong(now);
}

static PyObject *finish(PyObject *module, PyObject *unused) {
  PyMutex_Lock(&lock);
  if (pending > 0) {
    pending--;
  }
  long now = pending;
  PyMutex_Unlock(&lock);
  return PyLong_FromLong(now);
}

static PyMethodDef methods[] = {
    {"submit", submit, METH_NOARGS, NULL},
    {"finish", finish, METH_NOARGS, NULL},
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
    .m_name = "mixed_atomic_access_locked_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_mixed_atomic_access_locked_good(void) {
  return PyModuleDef_Init(&definition);
}
