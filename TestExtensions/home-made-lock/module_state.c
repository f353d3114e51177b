// The flag is a field of the module's state.
#include <Python.h>

typedef struct {
  int busy;  // expect: home-made-lock
} ModuleState;

static PyObject *run(PyObject *module, PyObject *function) {
  ModuleState *state = PyModule_GetState(module);
  if (state->busy) {
    PyErr_SetString(PyExc_RuntimeError, "in use");
    return NULL;
  }
  state->busy = 1;
  PyObject *result = PyObject_CallNoArgs(function);
  state->busy = 0;
  return result;
}

static PyMethodDef methods[] = {
    {"run", run, METH_O, NULL},
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
    .m_name = "home_made_lock_module_state",
    .m_size = sizeof(ModuleState),
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_home_made_lock_module_state(void) {
  return PyModuleDef_Init(&definition);
}
