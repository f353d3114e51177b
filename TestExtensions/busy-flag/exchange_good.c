// Compare and exchange: one thread gets in. Where the flag is taken back, an atomic store does.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  int busy;
} Pump;

static void pump_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  type->tp_free(op);
  Py_DECREF(type);
}

static int pump_enter(Pump *self) {
  int idle = 0;
  if (!__atomic_compare_exchange_n(&self->busy, &idle, 1, 0, __ATOMIC_ACQUIRE,
                                   __ATOMIC_RELAXED)) {
    PyErr_SetString(PyExc_RuntimeError, "the pump is busy");
    return -1;
  }
  return 0;
}

static PyObject *pump_run(Pump *self, PyObject *function) {
  if (pump_enter(self) < 0) {
    return NULL;
  }
  PyObject *result = PyObject_CallNoArgs(function);
  __atomic_store_n(&self->busy, 0, __ATOMIC_RELEASE);
  return result;
}

static PyObject *pump_busy(Pump *self, PyObject *unused) {
  return PyBool_FromLong(__atomic_load_n(&self->busy, __ATOMIC_RELAXED));
}

static PyMethodDef pump_methods[] = {
    {"run", (PyCFunction)pump_run, METH_O, NULL},
    {"busy", (PyCFunction)pump_busy, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot pump_slots[] = {
    {Py_tp_dealloc, pump_dealloc},
    {Py_tp_methods, pump_methods},
    {0, NULL},
};

static PyType_Spec pump_spec = {
    .name = "exchange.Pump",
    .basicsize = sizeof(Pump),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = pump_slots,
};

static int add_types(PyObject *module) {
  PyObject *type = PyType_FromSpec(&pump_spec);
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef moduledef = {
    PyModuleDef_HEAD_INIT,
    .m_name = "busy_flag_exchange_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_busy_flag_exchange_good(void) {
  return PyModuleDef_Init(&moduledef);
}
