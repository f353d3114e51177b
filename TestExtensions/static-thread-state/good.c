// The module of bad.c; the thread state is kept in a local variable.
#include <Python.h>
#include <unistd.h>

static PyThreadState *before_wait(void) {
  return PyEval_SaveThread();
}

static void after_wait(PyThreadState *saved) {
  PyEval_RestoreThread(saved);
}

static PyObject *pause_for(PyObject *module, PyObject *microseconds) {
  unsigned long value = PyLong_AsUnsignedLong(microseconds);
  if (value == (unsigned long)-1 && PyErr_Occurred()) {
    return NULL;
  }
  PyThreadState *saved = before_wait();
  usleep(value);
  after_wait(saved);
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
    .m_name = "static_thread_state_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_thread_state_good(void) {
  return PyModuleDef_Init(&definition);
}
