// The lock is a field of the module's state, made on import and freed with the module.
#include <Python.h>

typedef struct {
  PyThread_type_lock lock;
  long serial;
} ModuleState;

static int exec_module(PyObject *module) {
  ModuleState *state = PyModule_GetState(module);
  state->lock = PyThread_allocate_lock();
  return state->lock == NULL ? -1 : 0;
}

static void free_module(void *module) {
  ModuleState *state = PyModule_GetState(module);
  if (state != NULL && state->lock != NULL) {
    PyThread_free_lock(state->lock);
    state->lock = NULL;
  }
}

static PyObject *next_serial(PyObject *module, PyObject *unused) {
  ModuleState *state = PyModule_GetState(module);
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
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "lazily_created_lock_module_state_good",
    .m_size = sizeof(ModuleState),
    .m_methods = methods,
    .m_slots = slots,
    .m_free = free_module,
};

PyMODINIT_FUNC PyInit_lazily_created_lock_module_state_good(void) {
  return PyModuleDef_Init(&definition);
}
