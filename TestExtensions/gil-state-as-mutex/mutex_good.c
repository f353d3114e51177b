// The callback attaches, and has a mutex besides for what other threads look at.
#include <Python.h>
#include <pthread.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef int PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

static PyMutex lock;
static long errors, last_code;

static void *check(void *context) {
  for (int i = 0; i < 20; i++) {
    PyGILState_STATE state = PyGILState_Ensure();
    if (PyObject_IsTrue((PyObject *)context) != 1) {
      PyMutex_Lock(&lock);
      errors++;
      last_code = i;
      PyMutex_Unlock(&lock);
      PyErr_Clear();
    }
    PyGILState_Release(state);
  }
  return NULL;
}

static PyObject *watch(PyObject *module, PyObject *object) {
  pthread_t thread;
  int error;
  Py_BEGIN_ALLOW_THREADS
  error = pthread_create(&thread, NULL, check, object);
  if (error == 0) {
    error = pthread_join(thread, NULL);
  }
  Py_END_ALLOW_THREADS
  return PyLong_FromLong(error);
}

static PyObject *status(PyObject *module, PyObject *unused) {
  PyMutex_Lock(&lock);
  long count = errors, code = last_code;
  PyMutex_Unlock(&lock);
  return Py_BuildValue("ll", count, code);
}

static PyMethodDef methods[] = {
    {"watch", watch, METH_O, NULL},
    {"status", status, METH_NOARGS, NULL},
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
    .m_name = "gil_state_as_mutex_mutex_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_gil_state_as_mutex_mutex_good(void) {
  return PyModuleDef_Init(&definition);
}
