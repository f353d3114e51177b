// The pointer is read under the lock and used after it.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject_HEAD
  PyObject *handler;  // expect: raw-owned-field-read
} Signal;

static void signal_dealloc(PyObject *object) {
  Signal *self = (Signal *)object;
  PyTypeObject *type = Py_TYPE(object);
  Py_XDECREF(self->handler);
  type->tp_free(object);
  Py_DECREF(type);
}

static PyObject *signal_connect(PyObject *op, PyObject *handler) {
  Signal *self = (Signal *)op;
  Py_BEGIN_CRITICAL_SECTION(op);
  Py_XSETREF(self->handler, Py_NewRef(handler));
  Py_END_CRITICAL_SECTION();
  Py_RETURN_NONE;
}

static PyObject *signal_emit(PyObject *op, PyObject *value) {
  Signal *self = (Signal *)op;
  PyObject *handler;
  Py_BEGIN_CRITICAL_SECTION(op);
  handler = self->handler;
  Py_END_CRITICAL_SECTION();
  return handler == NULL ? Py_NewRef(Py_None) : PyObject_CallOneArg(handler, value);
}

static PyMethodDef signal_methods[] = {
    {"connect", signal_connect, METH_O, NULL},
    {"emit", signal_emit, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot signal_slots[] = {
    {Py_tp_dealloc, signal_dealloc},
    {Py_tp_methods, signal_methods},
    {0, NULL},
};

static PyType_Spec signal_spec = {
    .name = "lock_ended.Signal",
    .basicsize = sizeof(Signal),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = signal_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&signal_spec);
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
    .m_name = "raw_owned_field_read_lock_ended",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_raw_owned_field_read_lock_ended(void) {
  return PyModuleDef_Init(&definition);
}
