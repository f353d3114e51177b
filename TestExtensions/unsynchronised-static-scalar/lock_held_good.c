// A helper that wants its caller to hold the lock; both callers do.
#include <Python.h>
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static size_t used;

static int charge_lock_held(size_t size) {
  if (used + size > 1000000) {
    return -1;
  }
  used += size;
  return 0;
}

static PyObject *charge(PyObject *module, PyObject *size) {
  size_t value = PyLong_AsSize_t(size);
  if (value == (size_t)-1 && PyErr_Occurred()) {
    return NULL;
  }
  pthread_mutex_lock(&lock);
  int failed = charge_lock_held(value);
  pthread_mutex_unlock(&lock);
  return PyBool_FromLong(!failed);
}

static PyObject *charge_page(PyObject *module, PyObject *unused) {
  pthread_mutex_lock(&lock);
  int failed = charge_lock_held(4096);
  pthread_mutex_unlock(&lock);
  return PyBool_FromLong(!failed);
}

static PyMethodDef methods[] = {
    {"charge", charge, METH_O, NULL},
    {"charge_page", charge_page, METH_NOARGS, NULL},
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
    .m_name = "unsynchronised_static_scalar_lock_held_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unsynchronised_static_scalar_lock_held_good(void) {
  return PyModuleDef_Init(&definition);
}
