// The registry of the module: whether a name is taken is asked, and then the name is taken.
#include <Python.h>

typedef struct {
  PyObject *registry;
} State;

static PyObject *module_register(PyObject *module, PyObject *args) {
  State *state = PyModule_GetState(module);
  PyObject *name, *factory;
  if (!PyArg_ParseTuple(args, "UO:register", &name, &factory)) {
    return NULL;
  }
  int taken = PyDict_Contains(state->registry, name);
  if (taken < 0) {
    return NULL;
  }
  if (taken) {
    PyErr_Format(PyExc_KeyError, "%U is registered", name);
    return NULL;
  }
  if (PyDict_SetItem(state->registry, name, factory) < 0) {  // expect: check-then-act
    return NULL;
  }
  Py_RETURN_NONE;
}

static PyObject *module_count(PyObject *module, PyObject *unused) {
  State *state = PyModule_GetState(module);
  return PyLong_FromSsize_t(PyDict_Size(state->registry));
}

static int exec_registry(PyObject *module) {
  State *state = PyModule_GetState(module);
  state->registry = PyDict_New();
  return state->registry != NULL ? 0 : -1;
}

static int state_traverse(PyObject *module, visitproc visit, void *arg) {
  Py_VISIT(((State *)PyModule_GetState(module))->registry);
  return 0;
}

static int state_clear(PyObject *module) {
  Py_CLEAR(((State *)PyModule_GetState(module))->registry);
  return 0;
}

static PyMethodDef module_methods[] = {
    {"register", module_register, METH_VARARGS, NULL},
    {"count", module_count, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_registry},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef moduledef = {
    PyModuleDef_HEAD_INIT,
    .m_name = "check_then_act_dict_bad",
    .m_size = sizeof(State),
    .m_methods = module_methods,
    .m_slots = slots,
    .m_traverse = state_traverse,
    .m_clear = state_clear,
};

PyMODINIT_FUNC PyInit_check_then_act_dict_bad(void) {
  return PyModuleDef_Init(&moduledef);
}
