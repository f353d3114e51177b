// The acquire load is for ordinary builds only; the free-threaded build tests the plain pointer.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef char PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

#ifdef Py_GIL_DISABLED
#define LOAD(variable) (variable)
#define STORE(variable, value) ((variable) = (value))
#else
#define LOAD(variable) __atomic_load_n(&(variable), __ATOMIC_ACQUIRE)
#define STORE(variable, value) __atomic_store_n(&(variable), value, __ATOMIC_RELEASE)
#endif

static PyMutex lock;
static char *motto;  // expect: double-checked-locking

static PyObject *get_motto(PyObject *module, PyObject *unused) {
  if (LOAD(motto) == NULL) {
    PyMutex_Lock(&lock);
    if (LOAD(motto) == NULL) {
      STORE(motto, strdup("festina lente"));
    }
    PyMutex_Unlock(&lock);
  }
  return PyUnicode_FromString(LOAD(motto));
}

static PyMethodDef methods[] = {
    {"get_motto", get_motto, METH_NOARGS, NULL},
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
    .m_name = "double_checked_locking_ifdef",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_double_checked_locking_ifdef(void) {
  return PyModuleDef_Init(&definition);
}
