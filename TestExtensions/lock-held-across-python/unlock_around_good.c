// The mutex is given back for the call of Python and taken again after it.
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
  long failures;
} Meter;

static PyObject *meter_add(PyObject *op, PyObject *values) {
  Meter *self = (Meter *)op;
  PyObject *items = PySequence_Tuple(values);
  if (items == NULL) {
    return NULL;
  }
  LOCK(self);
  for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(items); i++) {
    UNLOCK(self);
    double number = PyFloat_AsDouble(PyTuple_GET_ITEM(items, i));
    int failed = number == -1.0 && PyErr_Occurred();
    LOCK(self);
    if (failed) {
      self->failures++;
      break;
    }
    self->total += number;
  }
  UNLOCK(self);
  Py_DECREF(items);
  return PyErr_Occurred() ? NULL : Py_NewRef(Py_None);
}

static PyObject *meter_read(PyObject *op, PyObject *unused) {
  Meter *self = (Meter *)op;
  LOCK(self);
  double total = self->total;
  long failures = self->failures;
  UNLOCK(self);
  return Py_BuildValue("dl", total, failures);
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
    .name = "unlock_around_good.Meter",
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "lock_held_across_python_unlock_around_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lock_held_across_python_unlock_around_good(void) {
  return PyModuleDef_Init(&definition);
}
