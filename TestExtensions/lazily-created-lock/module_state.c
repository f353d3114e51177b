// The lock is a field of the module's state.
#include <Python.h>

typedef struct {
  PyThread_type_lock lock;  // expect: lazily-created-lock
  long serial;
} ModuleState;

static PyObject *next_serial(PyObject *module, PyObject *unused) {
  ModuleState *state = PyModule_GetState(module);
  if (state->lock == NULL) {
    state->lock = PyThread_allocate_lock();
    if (state->lock == NULL) {
      return PyErr_NoMemory();
    }
  }
  PyThread_acquire_lock(state->lock, WAIT_LOCK);
  long mine = ++state->serial;
  PyThread_release_lock(state->lock);
  return PyLong_FromLong(mine);
}

static PyMethodDef methods[] = {
    {"next_serial", next_serial, METH_NOARGS, NULL},
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
    .m_name = "lazily_created_lock_module_state",
    .m_size = sizeof(ModuleState),
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lazily_created_lock_module_state(void) {
  return PyModuleDef_Init(&definition);
}
