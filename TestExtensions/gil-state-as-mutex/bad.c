// Threads of the library count their events under the GIL, or so it was meant: now they only attach.
#include <Python.h>
#include <pthread.h>

static long events;  // expect: unsynchronised-static-scalar

static void *pump(void *unused) {
  for (int i = 0; i < 100; i++) {
    PyGILState_STATE state = PyGILState_Ensure();  // expect: gil-state-as-mutex
    events++;
    PyGILState_Release(state);
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
  return PyLong_FromLong(events);
}

static PyMethodDef methods[] = {
    {"run", run, METH_NOARGS, NULL},
    {"count", count, METH_NOARGS, NULL},
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
    .m_name = "gil_state_as_mutex_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_gil_state_as_mutex_bad(void) {
  return PyModuleDef_Init(&definition);
}
