// The region only reads the limit, but a setter that is attached writes it meanwhile.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  long limit;  // expect: unsynchronised-field
} Search;

static PyObject *search_set_limit(PyObject *op, PyObject *number) {
  long limit = PyLong_AsLong(number);
  if (limit == -1 && PyErr_Occurred()) {
    return NULL;
  }
  ((Search *)op)->limit = limit;
  Py_RETURN_NONE;
}

static PyObject *search_run(PyObject *op, PyObject *number) {
  Search *self = (Search *)op;
  long start = PyLong_AsLong(number), steps = 0;
  if (start < 1) {
    PyErr_SetString(PyExc_ValueError, "a positive number");
    return NULL;
  }
  PyThreadState *state = PyEval_SaveThread();
  while (start != 1 && steps < self->limit) {  // expect: shared-state-while-detached
    start = start % 2 ? 3 * start + 1 : start / 2;
    steps++;
  }
  PyEval_RestoreThread(state);
  return PyLong_FromLong(steps);
}

static PyMethodDef search_methods[] = {
    {"set_limit", search_set_limit, METH_O, NULL},
    {"run", search_run, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot search_slots[] = {
    {Py_tp_methods, search_methods},
    {0, NULL},
};

static PyType_Spec search_spec = {
    .name = "read_bad.Search",
    .basicsize = sizeof(Search),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = search_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&search_spec);
  if (type == NULL) {
    return -1;
  }
  int result = PyModule_AddType(module, (PyTypeObject *)type);
  Py_DECREF(type);
  return result;
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "shared_state_while_detached_read_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_shared_state_while_detached_read_bad(void) {
  return PyModuleDef_Init(&definition);
}
