// The module of bad.c; the counter has a mutex of its own, and the threads need not attach.
#include <Python.h>
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static long events;

static void *pump(void *unused) {
  for (int i = 0; i < 100; i++) {
    pthread_mutex_lock(&lock);
    events++;
    pthread_mutex_unlock(&lock);
  }
  return NULL;
}

static PyObject *run(PyObject *module, PyObject *unused) {
  pthread_t thread;
  int error;
  Py_BEGIN_ALLOW_THREADS
  error = pthread_create(&thread, NULL, pump, NULL);
  if (error == 0) {
    pthread_join(thread, NULL);
  }
  Py_END_ALLOW_THREADS
  if (error != 0) {
    PyErr_SetString(PyExc_RuntimeError, "cannot start a thread");
    return NULL;
  }
  Py_RETURN_NONE;
}

static PyObject *count(PyObject *module, PyObject *unused) {
  long result;
  pthread_mutex_lock(&lock);
  result = events;
  pthread_mutex_unlock(&lock);
  return PyLong_FromLong(result);
}

static PyMethodDef methods[] = {
    {"run", run, METH_NOARGS, NULL},
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
    .m_name = "gil_state_as_mutex_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_gil_state_as_mutex_good(void) {
  return PyModuleDef_Init(&definition);
}
