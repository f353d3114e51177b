// The Python-level name of the slot, as a method; a static mutex guards only the way back.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef int PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

typedef struct {
  PyObject_HEAD
  unsigned int position;  // expect: unsynchronised-field
  unsigned int period;
} Cycle;

static PyMutex rewind_mutex = {0};

static PyObject *cycle_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  unsigned int period = 7;
  if (!PyArg_ParseTuple(args, "|I:Cycle", &period)) {
    return NULL;
  }
  Cycle *self = (Cycle *)type->tp_alloc(type, 0);
  if (self != NULL) {
    self->period = period > 0 ? period : 1;
  }
  return (PyObject *)self;
}

static void cycle_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *cycle_iter(PyObject *op, PyObject *unused) {
  return Py_NewRef(op);
}

static PyObject *cycle_next(Cycle *self, PyObject *unused) {
  unsigned int value = self->position;
  self->position = (value + 1) % self->period;
  return PyLong_FromUnsignedLong(value);
}

static PyObject *cycle_rewind(Cycle *self, PyObject *unused) {
  PyMutex_Lock(&rewind_mutex);
  self->position = 0;
  PyMutex_Unlock(&rewind_mutex);
  Py_RETURN_NONE;
}

static PyMethodDef cycle_methods[] = {
    {"__iter__", (PyCFunction)cycle_iter, METH_NOARGS, NULL},
    {"__next__", (PyCFunction)cycle_next, METH_NOARGS, NULL},
    {"rewind", (PyCFunction)cycle_rewind, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot cycle_slots[] = {
    {Py_tp_new, cycle_new},
    {Py_tp_dealloc, cycle_dealloc},
    {Py_tp_methods, cycle_methods},
    {0, NULL},
};

static PyType_Spec cycle_spec = {
    .name = "next_method.Cycle",
    .basicsize = sizeof(Cycle),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = cycle_slots,
};

static int add_types(PyObject *module) {
  PyObject *type = PyType_FromSpec(&cycle_spec);
  if (type == NULL) {
    return -1;
  }
  int result = PyModule_AddType(module, (PyTypeObject *)type);
  Py_DECREF(type);
  return result;
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, add_types},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef moduledef = {
    PyModuleDef_HEAD_INIT,
    .m_name = "shared_iterator_state_next_method_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_shared_iterator_state_next_method_bad(void) {
  return PyModuleDef_Init(&moduledef);
}
