// Macros lock, and the call of Python is two helpers away.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef int PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

#define LOCK(meter) PyMutex_Lock(&(meter)->mutex)
#define UNLOCK(meter) PyMutex_Unlock(&(meter)->mutex)

typedef struct {
  PyObject_HEAD
  PyMutex mutex;
  double total;
} Meter;

static double number_of(PyObject *value) {
  PyObject *number = PyNumber_Float(value);
  if (number == NULL) {
    return -1.0;
  }
  double result = PyFloat_AsDouble(number);
  Py_DECREF(number);
  return result;
}

static int meter_take(Meter *meter, PyObject *value) {
  double number = number_of(value);
  if (number == -1.0 && PyErr_Occurred()) {
    return -1;
  }
  meter->total += number;
  return 0;
}

static PyObject *meter_add(PyObject *op, PyObject *value) {
  Meter *self = (Meter *)op;
  LOCK(self);  // expect: lock-held-across-python
  int result = meter_take(self, value);
  UNLOCK(self);
  return result < 0 ? NULL : Py_NewRef(Py_None);
}

static PyObject *meter_read(PyObject *op, PyObject *unused) {
  Meter *self = (Meter *)op;
  LOCK(self);
  double total = self->total;
  UNLOCK(self);
  return PyFloat_FromDouble(total);
}

static PyMethodDef meter_methods[] = {
    {"add", meter_add, METH_O, NULL},
    {"read", meter_read, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot meter_slots[] = {
    {Py_tp_methods, meter_methods},
    {0, NULL},
};

static PyType_Spec meter_spec = {
    .name = "helper_bad.Meter",
    .basicsize = sizeof(Meter),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = meter_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&meter_spec);
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
    .m_name = "lock_held_across_python_helper_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lock_held_across_python_helper_bad(void) {
  return PyModuleDef_Init(&definition);
}
