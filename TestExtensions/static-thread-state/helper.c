// A helper stores the thread state where it is told to.
#include <Python.h>
#include <unistd.h>

static PyThreadState *suspended;  // expect: static-thread-state

static void suspend(PyThreadState **place) {
  *place = PyEval_SaveThread();
}

static void resume(PyThreadState **place) {
  PyEval_RestoreThread(*place);
  *place = NULL;
}

static PyObject *pause_for(PyObject *module, PyObject *microseconds) {
  unsigned long value = PyLong_AsUnsignedLong(microseconds);
  if (value == (unsigned long)-1 && PyErr_Occurred()) {
    return NULL;
  }
  suspend(&suspended);
  usleep(value);
  resume(&suspended);
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
    .m_name = "static_thread_state_helper",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_thread_state_helper(void) {
  return PyModuleDef_Init(&definition);
}
