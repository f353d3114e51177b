// The lookup borrows, too: two findings, of the borrow and of the two steps.
#include <Python.h>

typedef struct {
  PyObject *by_name;
} State;

static PyObject *module_lookup(PyObject *module, PyObject *name) {
  State *state = PyModule_GetState(module);
  PyObject *found = PyDict_GetItemWithError(state->by_name, name);  // expect: borrowed-from-shared-container
  if (found != NULL) {
    return Py_NewRef(found);
  }
  if (PyErr_Occurred()) {
    return NULL;
  }
  found = PyObject_Str(name);
  if (found == NULL) {
    return NULL;
  }
  if (PyDict_SetItem(state->by_name, name, found) < 0) {  // expect: check-then-act
    Py_DECREF(found);
    return NULL;
  }
  return found;
}

static int exec_state(PyObject *module) {
  State *state = PyModule_GetState(module);
  state->by_name = PyDict_New();
  return state->by_name != NULL ? 0 : -1;
}

static int state_traverse(PyObject *module, visitproc visit, void *arg) {
  Py_VISIT(((State *)PyModule_GetState(module))->by_name);
  return 0;
}

static int state_clear(PyObject *module) {
  Py_CLEAR(((State *)PyModule_GetState(module))->by_name);
  return 0;
}

static PyMethodDef module_methods[] = {
    {"lookup", module_lookup, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_state},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef moduledef = {
    PyModuleDef_HEAD_INIT,
    .m_name = "check_then_act_dict_borrowed_bad",
    .m_size = sizeof(State),
    .m_methods = module_methods,
    .m_slots = slots,
    .m_traverse = state_traverse,
    .m_clear = state_clear,
};

PyMODINIT_FUNC PyInit_check_then_act_dict_borrowed_bad(void) {
  return PyModuleDef_Init(&moduledef);
}
