// The only test is in a helper, and so is the load of the pointer; all callers hold the lock.
#include <Python.h>
#include <pthread.h>
#include <stdlib.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static long *squares;

static long *squares_lock_held(void) {
  if (squares == NULL) {
    squares = malloc(100 * sizeof(long));
    for (long i = 0; squares != NULL && i < 100; i++) {
      squares[i] = i * i;
    }
  }
  return squares;
}

static PyObject *square(PyObject *module, PyObject *number) {
  unsigned long i = PyLong_AsUnsignedLong(number);
  if (PyErr_Occurred()) {
    return NULL;
  }
  pthread_mutex_lock(&lock);
  long *table = squares_lock_held();
  pthread_mutex_unlock(&lock);
  return table == NULL ? PyErr_NoMemory() : PyLong_FromLong(table[i % 100]);
}

static PyMethodDef methods[] = {
    {"square", square, METH_O, NULL},
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
    .m_name = "double_checked_locking_helper_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_double_checked_locking_helper_good(void) {
  return PyModuleDef_Init(&definition);
}
