// A field of the module's state is filled by the first call. One state serves all threads.
#include <Python.h>

typedef struct {
  PyObject *error;
  PyObject *template_type;  // expect: lazy-initialised-static
} ModuleState;

static ModuleState *get_state(PyObject *module) {
  return PyModule_GetState(module);
}

static int exec_module(PyObject *module) {
  ModuleState *state = get_state(module);
  state->error = PyErr_NewException("lazy.Error", NULL, NULL);
  return PyModule_AddObjectRef(module, "Error", state->error);
}

static PyObject *template(PyObject *module, PyObject *text) {
  ModuleState *state = get_state(module);
  if (state->template_type == NULL) {
    PyObject *string = PyImport_ImportModule("string");
    if (string == NULL) {
      return NULL;
    }
    state->template_type = PyObject_GetAttrString(string, "Template");
    Py_DECREF(string);
    if (state->template_type == NULL) {
      return NULL;
    }
  }
  return PyObject_CallOneArg(state->template_type, text);
}

static PyMethodDef methods[] = {
    {"template", template, METH_O, NULL},
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
    .m_name = "lazy_initialised_static_module_state",
    .m_size = sizeof(ModuleState),
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lazy_initialised_static_module_state(void) {
  return PyModuleDef_Init(&definition);
}
