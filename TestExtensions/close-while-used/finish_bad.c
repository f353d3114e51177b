// The handle is ended by a function whose name ends in 'finish', without an underscore.
#include <Python.h>

// The library is loaded by whoever uses the module.
typedef struct pg PG;
__attribute__((weak)) void PGfinish(PG *);
__attribute__((weak)) int PGstatus(PG *);

typedef struct {
  PyObject_HEAD
  PG *handle;  // expect: close-while-used
} Connection;

static PyObject *connection_close(Connection *self, PyObject *unused) {
  if (self->handle != NULL) {
    PGfinish(self->handle);
    self->handle = NULL;
  }
  Py_RETURN_NONE;
}

static PyObject *connection_status(Connection *self, PyObject *unused) {
  if (self->handle == NULL) {
    Py_RETURN_NONE;
  }
  return PyLong_FromLong(PGstatus(self->handle));
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
    .name = "close_while_used_finish_bad.Connection",
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
    .m_name = "close_while_used_finish_bad",
    .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_close_while_used_finish_bad(void) {
  return PyModuleDef_Init(&module_def);
}
