// The second test is in a helper that is called with the lock held.
#include <Python.h>
#include <pthread.h>
#include <stdlib.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static long *squares;  // expect: double-checked-locking

static int make_squares_lock_held(void) {
  if (squares != NULL) {
    return 0;
  }
  long *made = malloc(100 * sizeof(long));
  if (made == NULL) {
    return -1;
  }
  for (long i = 0; i < 100; i++) {
    made[i] = i * i;
  }
  squares = made;
  return 0;
}

static PyObject *square(PyObject *module, PyObject *number) {
  unsigned long i = PyLong_AsUnsignedLong(number);
  if (PyErr_Occurred()) {
    return NULL;
  }
  if (squares == NULL) {
    pthread_mutex_lock(&lock);
    int failed = make_squares_lock_held();
    pthread_mutex_unlock(&lock);
    if (failed) {
      return PyErr_NoMemory();
    }
  }
  return PyLong_FromLong(squares[i % 100]);
}

static PyMethodDef methods[] = {
    {"square", square, METH_O, NULL},
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
    .m_name = "double_checked_locking_helper",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_double_checked_locking_helper(void) {
  return PyModuleDef_Init(&definition);
}
