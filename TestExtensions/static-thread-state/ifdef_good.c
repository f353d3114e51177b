// The variable is the thread's on free-threaded builds.
#include <Python.h>
#include <unistd.h>

#ifdef Py_GIL_DISABLED
#define PER_THREAD _Thread_local
#else
#define PER_THREAD
#endif

static PER_THREAD PyThreadState *saved;

static int wait_hook(unsigned long duration) {
  saved = PyEval_SaveThread();
  int result = usleep(duration);
  PyEval_RestoreThread(saved);
  return result;
}

static PyObject *pause_for(PyObject *module, PyObject *microseconds) {
  unsigned long value = PyLong_AsUnsignedLong(microseconds);
  if (value == (unsigned long)-1 && PyErr_Occurred()) {
    return NULL;
  }
  wait_hook(value);
  Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"pause_for", pause_for, METH_O, NULL},
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
    .m_name = "static_thread_state_ifdef_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_thread_state_ifdef_good(void) {
  return PyModuleDef_Init(&definition);
}
