// One call that looks up and inserts: the loser of the race gets what the winner put there.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000
static inline int PyDict_SetDefaultRef(PyObject *dict, PyObject *key, PyObject *value,
                                       PyObject **result) {
  *result = Py_XNewRef(PyDict_SetDefault(dict, key, value));
  return *result != NULL ? 0 : -1;
}
#endif

typedef struct {
  PyObject *symbols;
} State;

static PyObject *module_symbol(PyObject *module, PyObject *name) {
  State *state = PyModule_GetState(module);
  int known = PyDict_Contains(state->symbols, name);
  if (known < 0) {
    return NULL;
  }
  PyObject *fresh = known ? Py_NewRef(Py_None) : PyTuple_Pack(1, name), *symbol = NULL;
  if (fresh == NULL || PyDict_SetDefaultRef(state->symbols, name, fresh, &symbol) < 0) {
    Py_XDECREF(fresh);
    return NULL;
  }
  Py_DECREF(fresh);
  return symbol;
}

static PyObject *module_define(PyObject *module, PyObject *args) {
  State *state = PyModule_GetState(module);
  PyObject *name, *value;
  if (!PyArg_ParseTuple(args, "UO:define", &name, &value)) {
    return NULL;
  }
  // Another name than the one that was asked for, and no condition on it.
  if (PyUnicode_GetLength(name) > 64 || PyDict_SetItem(state->symbols, name, value) < 0) {
    return PyErr_Occurred() ? NULL : Py_NewRef(Py_False);
  }
  Py_RETURN_TRUE;
}

static int exec_symbols(PyObject *module) {
  State *state = PyModule_GetState(module);
  state->symbols = PyDict_New();
  return state->symbols != NULL ? 0 : -1;
}

static int state_traverse(PyObject *module, visitproc visit, void *arg) {
  Py_VISIT(((State *)PyModule_GetState(module))->symbols);
  return 0;
}

static int state_clear(PyObject *module) {
  Py_CLEAR(((State *)PyModule_GetState(module))->symbols);
  return 0;
}

static PyMethodDef module_methods[] = {
    {"symbol", module_symbol, METH_O, NULL},
    {"define", module_define, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_symbols},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef moduledef = {
    PyModuleDef_HEAD_INIT,
    .m_name = "check_then_act_setdefault_good",
    .m_size = sizeof(State),
    .m_methods = module_methods,
    .m_slots = slots,
    .m_traverse = state_traverse,
    .m_clear = state_clear,
};

PyMODINIT_FUNC PyInit_check_then_act_setdefault_good(void) {
  return PyModuleDef_Init(&moduledef);
}
