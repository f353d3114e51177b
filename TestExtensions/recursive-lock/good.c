// The module of bad.c; what 'mean' calls expects that the mutex is held.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef int PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

typedef struct {
  PyObject_HEAD
  PyMutex lock;
  Py_ssize_t count;
  double total;
} Tally;

static double tally_sum_lock_held(const Tally *self) { return self->total; }

static PyObject *tally_add(PyObject *op, PyObject *value) {
  Tally *self = (Tally *)op;
  double number = PyFloat_AsDouble(value);
  if (number == -1.0 && PyErr_Occurred()) {
    return NULL;
  }
  PyMutex_Lock(&self->lock);
  self->count++;
  self->total += number;
  PyMutex_Unlock(&self->lock);
  Py_RETURN_NONE;
}

static PyObject *tally_mean(PyObject *op, PyObject *unused) {
  Tally *self = (Tally *)op;
  double mean = 0;
  PyMutex_Lock(&self->lock);
  if (self->count > 0) {
    mean = tally_sum_lock_held(self) / (double)self->count;
  }
  PyMutex_Unlock(&self->lock);
  return PyFloat_FromDouble(mean);
}

static PyObject *tally_total(PyObject *op, PyObject *unused) {
  Tally *self = (Tally *)op;
  PyMutex_Lock(&self->lock);
  double total = tally_sum_lock_held(self);
  PyMutex_Unlock(&self->lock);
  return PyFloat_FromDouble(total);
}

static PyMethodDef tally_methods[] = {
    {"add", tally_add, METH_O, NULL},
    {"mean", tally_mean, METH_NOARGS, NULL},
    {"total", tally_total, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot tally_slots[] = {
    {Py_tp_methods, tally_methods},
    {0, NULL},
};

static PyType_Spec tally_spec = {
    .name = "good.Tally",
    .basicsize = sizeof(Tally),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = tally_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&tally_spec);
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
    .m_name = "recursive_lock_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_recursive_lock_good(void) {
  return PyModuleDef_Init(&definition);
}
