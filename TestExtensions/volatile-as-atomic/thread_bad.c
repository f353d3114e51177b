// A thread of the module watches the flag, which it may see late or together with older data.
#include <Python.h>
#include <pthread.h>
#include <unistd.h>

// expect: volatile-as-atomic
static volatile int running;  // expect: unsynchronised-static-scalar

static void *watch(void *unused) {
  while (running) {  // expect: shared-state-while-detached
    usleep(1000);
  }
  return NULL;
}

static PyObject *start(PyObject *module, PyObject *unused) {
  pthread_t thread;
  running = 1;
  if (pthread_create(&thread, NULL, watch, NULL) != 0) {
    PyErr_SetString(PyExc_RuntimeError, "no thread");
    return NULL;
  }
  pthread_detach(thread);
  Py_RETURN_NONE;
}

static PyObject *stop(PyObject *module, PyObject *unused) {
  running = 0;
  Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"start", start, METH_NOARGS, NULL},
    {"stop", stop, METH_NOARGS, NULL},
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
    .m_name = "volatile_as_atomic_thread_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_volatile_as_atomic_thread_bad(void) {
  return PyModuleDef_Init(&definition);
}
