// The try that succeeds has a path, the one for an empty queue, that keeps the lock.
#include <Python.h>
#include <pthread.h>

#define DEPTH 32

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static long queue[DEPTH];
static int waiting;

static PyObject *put(PyObject *module, PyObject *number) {
  long value = PyLong_AsLong(number);
  if (value == -1 && PyErr_Occurred()) {
    return NULL;
  }
  int stored = 0;
  pthread_mutex_lock(&lock);
  if (waiting < DEPTH) {
    queue[waiting++] = value;
    stored = 1;
  }
  pthread_mutex_unlock(&lock);
  return PyBool_FromLong(stored);
}

static PyObject *poll_queue(PyObject *module, PyObject *unused) {
  if (pthread_mutex_trylock(&lock) != 0) {  // expect: unbalanced-lock
    Py_RETURN_NONE;
  }
  if (waiting == 0) {
    Py_RETURN_FALSE;
  }
  long value = queue[--waiting];
  pthread_mutex_unlock(&lock);
  return PyLong_FromLong(value);
}

static PyMethodDef methods[] = {
    {"put", put, METH_O, NULL},
    {"poll_queue", poll_queue, METH_NOARGS, NULL},
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
    .m_name = "unbalanced_lock_try_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unbalanced_lock_try_bad(void) {
  return PyModuleDef_Init(&definition);
}
