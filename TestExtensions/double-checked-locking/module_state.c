// A field of the module's state, and the lock in the same state.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef char PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

typedef struct {
  PyMutex lock;
  int *limits;  // expect: double-checked-locking
} ModuleState;

static PyObject *limit(PyObject *module, PyObject *index) {
  ModuleState *state = PyModule_GetState(module);
  unsigned long i = PyLong_AsUnsignedLong(index);
  if (PyErr_Occurred()) {
    return NULL;
  }
  if (state->limits == NULL) {
    PyMutex_Lock(&state->lock);
    if (state->limits == NULL) {
      state->limits = PyMem_RawCalloc(8, sizeof(int));
    }
    PyMutex_Unlock(&state->lock);
  }
  return state->limits == NULL ? PyErr_NoMemory() : PyLong_FromLong(state->limits[i % 8]);
}

static PyMethodDef methods[] = {
    {"limit", limit, METH_O, NULL},
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
    .m_name = "double_checked_locking_module_state",
    .m_size = sizeof(ModuleState),
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_double_checked_locking_module_state(void) {
  return PyModuleDef_Init(&definition);
}
