// The macro loads and stores atomically.
#include <Python.h>
#include <pthread.h>
#include <stdatomic.h>

#define ACQUIRE(name) pthread_mutex_lock(&name##_lock)
#define RELEASE(name) pthread_mutex_unlock(&name##_lock)
#define MAKE_ONCE(variable, name, make) \
  do { \
    if (atomic_load(&(variable)) == NULL) { \
      ACQUIRE(name); \
      if (atomic_load(&(variable)) == NULL) { \
        atomic_store(&(variable), (make)); \
      } \
      RELEASE(name); \
    } \
  } while (0)

static pthread_mutex_t host_lock = PTHREAD_MUTEX_INITIALIZER;
static char *_Atomic host;

static PyObject *host_name(PyObject *module, PyObject *unused) {
  MAKE_ONCE(host, host, strdup("localhost"));
  return atomic_load(&host) == NULL ? PyErr_NoMemory() : PyUnicode_FromString(atomic_load(&host));
}

static PyMethodDef methods[] = {
    {"host_name", host_name, METH_NOARGS, NULL},
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
    .m_name = "double_checked_locking_macro_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_double_checked_locking_macro_good(void) {
  return PyModuleDef_Init(&definition);
}
