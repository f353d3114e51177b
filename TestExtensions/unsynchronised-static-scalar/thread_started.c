// The module starts a thread while it is imported. What is written before the start is safe, what
// is written after it is not.
#include <Python.h>
#include <pthread.h>

static long interval = 10;
// expect: volatile-as-atomic
static volatile long limit;  // expect: unsynchronised-static-scalar

static void *watch(void *unused) {
  long rest = interval;
  while (rest > 0 && limit == 0) {  // expect: shared-state-while-detached
    rest--;
  }
  return NULL;
}

static int exec_module(PyObject *module) {
  pthread_t thread;
  interval = 20;
  if (pthread_create(&thread, NULL, watch, NULL) != 0) {
    PyErr_SetString(PyExc_RuntimeError, "no thread");
    return -1;
  }
  pthread_detach(thread);
  limit = 1;
  return 0;
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "unsynchronised_static_scalar_thread_started",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unsynchronised_static_scalar_thread_started(void) {
  return PyModuleDef_Init(&definition);
}
