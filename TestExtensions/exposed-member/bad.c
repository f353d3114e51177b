// A private mutex guards the field, but the descriptor of the read-only member does not know it.
#include <Python.h>
#include <structmember.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef int PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

typedef struct {
  PyObject_HEAD
  PyMutex mutex;
  PyObject *last;  // expect: exposed-member
} Monitor;

static void monitor_dealloc(PyObject *op) {
  Monitor *self = (Monitor *)op;
  PyTypeObject *type = Py_TYPE(op);
  Py_XDECREF(self->last);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *monitor_observe(Monitor *self, PyObject *value) {
  Py_INCREF(value);
  PyMutex_Lock(&self->mutex);
  PyObject *old = self->last;
  self->last = value;
  PyMutex_Unlock(&self->mutex);
  Py_XDECREF(old);
  Py_RETURN_NONE;
}

static PyObject *monitor_reset(Monitor *self, PyObject *unused) {
  PyMutex_Lock(&self->mutex);
  PyObject *old = self->last;
  self->last = NULL;
  PyMutex_Unlock(&self->mutex);
  Py_XDECREF(old);
  Py_RETURN_NONE;
}

static PyMethodDef monitor_methods[] = {
    {"observe", (PyCFunction)monitor_observe, METH_O, NULL},
    {"reset", (PyCFunction)monitor_reset, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyMemberDef monitor_members[] = {
    {"last", T_OBJECT_EX, offsetof(Monitor, last), READONLY, "the value observed last"},
    {NULL, 0, 0, 0, NULL},
};

static PyType_Slot monitor_slots[] = {
    {Py_tp_dealloc, monitor_dealloc},
    {Py_tp_methods, monitor_methods},
    {Py_tp_members, monitor_members},
    {0, NULL},
};

static PyType_Spec monitor_spec = {
    .name = "bad.Monitor",
    .basicsize = sizeof(Monitor),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = monitor_slots,
};

static int module_exec(PyObject *module) {
  PyObject *type = PyType_FromSpec(&monitor_spec);
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
    .m_name = "exposed_member_bad",
    .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_exposed_member_bad(void) {
  return PyModuleDef_Init(&module_def);
}
