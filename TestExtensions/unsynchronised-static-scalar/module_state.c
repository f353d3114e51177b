// A counter in the module's state.
#include <Python.h>

typedef struct {
  int version;
  unsigned long next_token;  // expect: unsynchronised-static-scalar
} ModuleState;

static int exec_module(PyObject *module) {
  ModuleState *state = PyModule_GetState(module);
  state->version = 3;
  state->next_token = 1;
  return 0;
}

static PyObject *token(PyObject *module, PyObject *unused) {
  ModuleState *state = PyModule_GetState(module);
  return Py_BuildValue("(ik)", state->version, state->next_token++);
}

static PyMethodDef methods[] = {
    {"token", token, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "unsynchronised_static_scalar_module_state",
    .m_size = sizeof(ModuleState),
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unsynchronised_static_scalar_module_state(void) {
  return PyModuleDef_Init(&definition);
}
