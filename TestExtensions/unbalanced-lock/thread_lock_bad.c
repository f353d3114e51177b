// The exit for a wrong item jumps behind the release of the lock.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  PyThread_type_lock lock;
  double low, high;
} Interval;

static PyObject *interval_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  Interval *self = (Interval *)type->tp_alloc(type, 0);
  if (self != NULL && (self->lock = PyThread_allocate_lock()) == NULL) {
    PyErr_NoMemory();
    Py_CLEAR(self);
  }
  return (PyObject *)self;
}

static void interval_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  if (((Interval *)op)->lock != NULL) {
    PyThread_free_lock(((Interval *)op)->lock);
  }
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *interval_widen(PyObject *op, PyObject *args) {
  Interval *self = (Interval *)op;
  double low, high;
  PyObject *result = NULL;
  if (!PyArg_ParseTuple(args, "dd", &low, &high)) {
    return NULL;
  }
  Py_BEGIN_ALLOW_THREADS
  PyThread_acquire_lock(self->lock, WAIT_LOCK);  // expect: unbalanced-lock
  Py_END_ALLOW_THREADS
  if (low > self->low || high < self->high) {
    PyErr_SetString(PyExc_ValueError, "narrower than before");
    goto exit;
  }
  self->low = low;
  self->high = high;
  PyThread_release_lock(self->lock);
  result = Py_NewRef(Py_None);
exit:
  return result;
}

static PyObject *interval_bounds(PyObject *op, PyObject *unused) {
  Interval *self = (Interval *)op;
  Py_BEGIN_ALLOW_THREADS
  PyThread_acquire_lock(self->lock, WAIT_LOCK);
  Py_END_ALLOW_THREADS
  double low = self->low, high = self->high;
  PyThread_release_lock(self->lock);
  return Py_BuildValue("dd", low, high);
}

static PyMethodDef interval_methods[] = {
    {"widen", interval_widen, METH_VARARGS, NULL},
    {"bounds", interval_bounds, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot interval_slots[] = {
    {Py_tp_new, interval_new},
    {Py_tp_dealloc, interval_dealloc},
    {Py_tp_methods, interval_methods},
    {0, NULL},
};

static PyType_Spec interval_spec = {
    .name = "thread_lock_bad.Interval",
    .basicsize = sizeof(Interval),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = interval_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&interval_spec);
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
    .m_name = "unbalanced_lock_thread_lock_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unbalanced_lock_thread_lock_bad(void) {
  return PyModuleDef_Init(&definition);
}
