// A helper stores the thread state where it is told to: in the call's own struct.
#include <Python.h>
#include <unistd.h>

struct pause {
  PyThreadState *suspended;
  useconds_t duration;
};

static void suspend(struct pause *pause) {
  pause->suspended = PyEval_SaveThread();
}

static void resume(struct pause *pause) {
  PyEval_RestoreThread(pause->suspended);
}

static PyObject *pause_for(PyObject *module, PyObject *microseconds) {
  unsigned long value = PyLong_AsUnsignedLong(microseconds);
  if (value == (unsigned long)-1 && PyErr_Occurred()) {
    return NULL;
  }
  struct pause pause = {NULL, value};
  suspend(&pause);
  usleep(pause.duration);
  resume(&pause);
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
    .m_name = "static_thread_state_helper_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_thread_state_helper_good(void) {
  return PyModuleDef_Init(&definition);
}
