// The thread state is kept in the module's state, which all threads share.
#include <Python.h>
#include <unistd.h>

typedef struct {
  PyThreadState *saved;  // expect: static-thread-state
} ModuleState;

static PyObject *pause_for(PyObject *module, PyObject *microseconds) {
  unsigned long value = PyLong_AsUnsignedLong(microseconds);
  if (value == (unsigned long)-1 && PyErr_Occurred()) {
    return NULL;
  }
  ModuleState *state = PyModule_GetState(module);
  state->saved = PyEval_SaveThread();
  usleep(value);
  PyEval_RestoreThread(state->saved);
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
    .m_name = "static_thread_state_module_state",
    .m_size = sizeof(ModuleState),
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_thread_state_module_state(void) {
  return PyModuleDef_Init(&definition);
}
