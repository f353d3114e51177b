// The field is stepped while the lock is held for reading only.
#include <Python.h>
#include <pthread.h>

typedef struct {
  PyObject_HEAD
  pthread_rwlock_t lock;
  long count;  // expect: unsynchronised-field
} Meter;

static PyObject *meter_step(Meter *self, PyObject *unused) {
  pthread_rwlock_rdlock(&self->lock);
  self->count++;
  long count = self->count;
  pthread_rwlock_unlock(&self->lock);
  return PyLong_FromLong(count);
}

static PyObject *meter_half(Meter *self, PyObject *unused) {
  pthread_rwlock_rdlock(&self->lock);
  long count = self->count > 9 ? self->count / 2 : 0;
  pthread_rwlock_unlock(&self->lock);
  return PyLong_FromLong(count);
}

static void meter_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyMethodDef meter_methods[] = {
    {"step", (PyCFunction)meter_step, METH_NOARGS, NULL},
    {"half", (PyCFunction)meter_half, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot meter_slots[] = {
    {Py_tp_dealloc, meter_dealloc},
    {Py_tp_methods, meter_methods},
    {0, NULL},
};

static PyType_Spec meter_spec = {
    .name = "unsynchronised_field_read_lock_bad.Meter",
    .basicsize = sizeof(Meter),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = meter_slots,
};

static int module_exec(PyObject *module) {
  PyObject *type = PyType_FromSpec(&meter_spec);
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
    .m_name = "unsynchronised_field_read_lock_bad",
    .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_unsynchronised_field_read_lock_bad(void) {
  return PyModuleDef_Init(&module_def);
}
