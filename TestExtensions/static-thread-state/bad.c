// The thread state is kept in a static variable while the thread is detached. The next thread to
// detach overwrites it, and both attach with the same one.
#include <Python.h>
#include <unistd.h>

static PyThreadState *saved;  // expect: static-thread-state

static void before_wait(void) {
  saved = PyEval_SaveThread();
}

static void after_wait(void) {
  PyEval_RestoreThread(saved);
}

static PyObject *pause_for(PyObject *module, PyObject *microseconds) {
  unsigned long value = PyLong_AsUnsignedLong(microseconds);
  if (value == (unsigned long)-1 && PyErr_Occurred()) {
    return NULL;
  }
  before_wait();
  usleep(value);
  after_wait();
  Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"pause_for", pause_for, METH_O, NULL},
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
    .m_name = "static_thread_state_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_thread_state_bad(void) {
  return PyModuleDef_Init(&definition);
}
