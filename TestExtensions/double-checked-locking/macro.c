// Both tests, the lock and the store are in macros.
#include <Python.h>
#include <pthread.h>

#define ACQUIRE(name) pthread_mutex_lock(&name##_lock)
#define RELEASE(name) pthread_mutex_unlock(&name##_lock)
#define MAKE_ONCE(variable, name, make) \
  do { \
    if ((variable) == NULL) { \
      ACQUIRE(name); \
      if ((variable) == NULL) { \
        (variable) = (make); \
      } \
      RELEASE(name); \
    } \
  } while (0)

static pthread_mutex_t host_lock = PTHREAD_MUTEX_INITIALIZER;
static char *host;  // expect: double-checked-locking

static PyObject *host_name(PyObject *module, PyObject *unused) {
  MAKE_ONCE(host, host, strdup("localhost"));
  return host == NULL ? PyErr_NoMemory() : PyUnicode_FromString(host);
}

static PyMethodDef methods[] = {
    {"host_name", host_name, METH_NOARGS, NULL},
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
    .m_name = "double_checked_locking_macro",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_double_checked_locking_macro(void) {
  return PyModuleDef_Init(&definition);
}
