// The handle is the second argument of the function that ends it, and used while detached.
#include <Python.h>

// The library is loaded by whoever uses the module.
typedef void *Statement;
__attribute__((weak)) int SQLEndHandle(short, Statement);
__attribute__((weak)) int SQLNext(Statement);

typedef struct {
  PyObject_HEAD
  // expect-wrong: unsynchronised-field  it is a handle that is ended
  Statement statement;  // expect-missing: close-while-used  only the first argument of a function that ends is looked at
} Connection;

static PyObject *connection_close(Connection *self, PyObject *unused) {
  Statement statement = self->statement;
  self->statement = NULL;
  SQLEndHandle(3, statement);
  Py_RETURN_NONE;
}

static PyObject *connection_status(Connection *self, PyObject *unused) {
  int result;
  Py_BEGIN_ALLOW_THREADS
  // expect: shared-state-while-detached
  result = SQLNext(self->statement);
  Py_END_ALLOW_THREADS
  return PyLong_FromLong(result);
}

static void connection_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyMethodDef connection_methods[] = {
    {"close", (PyCFunction)connection_close, METH_NOARGS, NULL},
    {"status", (PyCFunction)connection_status, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot connection_slots[] = {
    {Py_tp_dealloc, connection_dealloc},
    {Py_tp_methods, connection_methods},
    {0, NULL},
};

static PyType_Spec connection_spec = {
    .name = "close_while_used_second_argument_bad.Connection",
    .basicsize = sizeof(Connection),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = connection_slots,
};

static int module_exec(PyObject *module) {
  PyObject *type = PyType_FromSpec(&connection_spec);
  if (type == NULL) {
    return -1;
  }
  int result = PyModule_AddType(module, (PyTypeObject *)type);
  Py_DECREF(type);
  return result;
}

static PyModuleDef_Slot module_slots[] = {
    {Py_mod_exec, module_exec},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "close_while_used_second_argument_bad",
    .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_close_while_used_second_argument_bad(void) {
  return PyModuleDef_Init(&module_def);
}
