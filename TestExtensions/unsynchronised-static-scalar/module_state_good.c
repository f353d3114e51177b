// An atomic counter in the module's state.
#include <Python.h>
#include <stdatomic.h>

typedef struct {
  int version;
  _Atomic unsigned long next_token;
} ModuleState;

static int exec_module(PyObject *module) {
  ModuleState *state = PyModule_GetState(module);
  state->version = 3;
  atomic_init(&state->next_token, 1);
  return 0;
}

static PyObject *token(PyObject *module, PyObject *unused) {
  ModuleState *state = PyModule_GetState(module);
  return Py_BuildValue("(ik)", state->version, atomic_fetch_add(&state->next_token, 1));
}

static PyMethodDef methods[] = {
    {"token", token, METH_NOARGS, NULL},
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
    .m_name = "unsynchronised_static_scalar_module_state_good",
    .m_size = sizeof(ModuleState),
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unsynchronised_static_scalar_module_state_good(void) {
  return PyModuleDef_Init(&definition);
}
