// The recursive mutex needs a function to initialise it, and 'pthread_once' calls that.
#include <Python.h>
#include <pthread.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_mutex_t lock;
static long tickets;

static void initialise(void) {
  pthread_mutexattr_t attributes;
  pthread_mutexattr_init(&attributes);
  pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
  pthread_mutex_init(&lock, &attributes);
  pthread_mutexattr_destroy(&attributes);
}

static PyObject *ticket(PyObject *module, PyObject *unused) {
  pthread_once(&once, initialise);
  pthread_mutex_lock(&lock);
  long mine = ++tickets;
  pthread_mutex_unlock(&lock);
  return PyLong_FromLong(mine);
}

static PyMethodDef methods[] = {
    {"ticket", ticket, METH_NOARGS, NULL},
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
    .m_name = "lazily_created_lock_once_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lazily_created_lock_once_good(void) {
  return PyModuleDef_Init(&definition);
}
