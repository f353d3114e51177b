// Who calls it is attached already; the counters are thread-local, so there is nothing to guard.
#include <Python.h>
#include <pthread.h>

static _Thread_local long calls;

static void notify(PyObject *listener) {
  PyGILState_STATE state = PyGILState_Ensure();
  PyObject *answer = PyObject_CallNoArgs(listener);
  if (answer == NULL) {
    PyErr_WriteUnraisable(listener);
  }
  Py_XDECREF(answer);
  calls++;
  PyGILState_Release(state);
}

static PyObject *ring(PyObject *module, PyObject *listener) {
  Py_BEGIN_ALLOW_THREADS
  notify(listener);
  Py_END_ALLOW_THREADS
  return PyLong_FromLong(calls);
}

static PyMethodDef methods[] = {
    {"ring", ring, METH_O, NULL},
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
    .m_name = "gil_state_as_mutex_attached_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_gil_state_as_mutex_attached_good(void) {
  return PyModuleDef_Init(&definition);
}
