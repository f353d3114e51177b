// A callback in the module's state, replaced by one call and called by another.
#include <Python.h>

typedef struct {
  PyObject *error;
  PyObject *tracer;  // expect: mutable-static-object
} ModuleState;

static int exec_module(PyObject *module) {
  ModuleState *state = PyModule_GetState(module);
  state->error = PyErr_NewException("tracing.Error", NULL, NULL);
  return state->error == NULL ? -1 : PyModule_AddObjectRef(module, "Error", state->error);
}

static PyObject *set_tracer(PyObject *module, PyObject *tracer) {
  ModuleState *state = PyModule_GetState(module);
  Py_XSETREF(state->tracer, Py_NewRef(tracer));
  Py_RETURN_NONE;
}

static PyObject *trace(PyObject *module, PyObject *event) {
  ModuleState *state = PyModule_GetState(module);
  if (state->tracer == NULL) {
    PyErr_SetString(state->error, "no tracer");
    return NULL;
  }
  return PyObject_CallOneArg(state->tracer, event);
}

static PyMethodDef methods[] = {
    {"set_tracer", set_tracer, METH_O, NULL},
    {"trace", trace, METH_O, NULL},
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
    .m_name = "mutable_static_object_module_state",
    .m_size = sizeof(ModuleState),
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_mutable_static_object_module_state(void) {
  return PyModuleDef_Init(&definition);
}
