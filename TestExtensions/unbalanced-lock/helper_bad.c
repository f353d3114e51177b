// The error of the helper is seen, and the way out forgets what the helper for locking began.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef int PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

typedef struct {
  PyObject_HEAD
  PyMutex mutex;
  int state;
} Machine;

static void machine_enter(Machine *self) { PyMutex_Lock(&self->mutex); }

static void machine_leave(Machine *self) { PyMutex_Unlock(&self->mutex); }

static int machine_advance(Machine *self, int by) {
  if (self->state + by > 7) {
    return -1;
  }
  self->state += by;
  return 0;
}

static PyObject *machine_step(PyObject *op, PyObject *args) {
  Machine *self = (Machine *)op;
  int by;
  if (!PyArg_ParseTuple(args, "i", &by)) {
    return NULL;
  }
  machine_enter(self);  // expect: unbalanced-lock
  if (machine_advance(self, by) < 0) {
    PyErr_SetString(PyExc_ValueError, "no such state");
    return NULL;
  }
  int state = self->state;
  machine_leave(self);
  return PyLong_FromLong(state);
}

static PyObject *machine_reset(PyObject *op, PyObject *unused) {
  Machine *self = (Machine *)op;
  machine_enter(self);
  self->state = 0;
  machine_leave(self);
  Py_RETURN_NONE;
}

static PyMethodDef machine_methods[] = {
    {"step", machine_step, METH_VARARGS, NULL},
    {"reset", machine_reset, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot machine_slots[] = {
    {Py_tp_methods, machine_methods},
    {0, NULL},
};

static PyType_Spec machine_spec = {
    .name = "helper_bad.Machine",
    .basicsize = sizeof(Machine),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = machine_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&machine_spec);
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
    .m_name = "unbalanced_lock_helper_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unbalanced_lock_helper_bad(void) {
  return PyModuleDef_Init(&definition);
}
