// The dict was this function's own until it was stored in the module's state.
#include <Python.h>

typedef struct {
  PyObject *tables;
} ModuleState;

static int exec_module(PyObject *module) {
  ModuleState *state = PyModule_GetState(module);
  state->tables = PyList_New(0);
  return state->tables == NULL ? -1 : 0;
}

static PyObject *make_table(PyObject *module, PyObject *names) {
  ModuleState *state = PyModule_GetState(module);
  PyObject *table = PyDict_New();
  if (table == NULL || PyDict_SetItemString(table, "names", names) < 0 ||
      PyList_Append(state->tables, table) < 0) {
    Py_XDECREF(table);
    return NULL;
  }
  Py_ssize_t position = 0, lists = 0;
  PyObject *key, *value;
  while (PyDict_Next(table, &position, &key, &value)) {  // expect: unlocked-dict-iteration
    lists += PyList_Check(value);
  }
  Py_DECREF(table);
  return PyLong_FromSsize_t(lists);
}

static PyMethodDef methods[] = {
    {"make_table", make_table, METH_O, NULL},
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
    .m_name = "unlocked_dict_iteration_published",
    .m_size = sizeof(ModuleState),
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unlocked_dict_iteration_published(void) {
  return PyModuleDef_Init(&definition);
}
