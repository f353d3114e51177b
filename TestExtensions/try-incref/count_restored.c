// The destructor lends its object to Python code and goes on by what is left of the count.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  int open;  // expect: unsynchronised-field
} Connection;

static void connection_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  Py_SET_REFCNT(op, 1);  // expect: try-incref
  PyObject *answer = PyObject_CallMethod(op, "close", NULL);
  if (answer == NULL) {
    PyErr_WriteUnraisable(NULL);
  }
  Py_XDECREF(answer);
  Py_ssize_t left = Py_REFCNT(op) - 1;
  Py_SET_REFCNT(op, left);
  if (left > 0) {
    return;
  }
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *connection_close(PyObject *op, PyObject *unused) {
  ((Connection *)op)->open = 0;
  Py_RETURN_NONE;
}

static PyMethodDef connection_methods[] = {
    {"close", connection_close, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot connection_slots[] = {
    {Py_tp_dealloc, connection_dealloc},
    {Py_tp_methods, connection_methods},
    {0, NULL},
};

static PyType_Spec connection_spec = {
    .name = "count_restored.Connection",
    .basicsize = sizeof(Connection),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = connection_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&connection_spec);
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
    .m_name = "try_incref_count_restored",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_try_incref_count_restored(void) {
  return PyModuleDef_Init(&definition);
}
