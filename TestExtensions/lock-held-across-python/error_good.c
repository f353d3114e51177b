// Under the mutex an exception with a C string is set and a str is made: no code of Python runs.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef int PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

#define SLOTS 8

typedef struct {
  PyObject_HEAD
  PyMutex lock;
  int used;
  long ports[SLOTS];
} Pool;

static PyObject *pool_acquire(PyObject *op, PyObject *unused) {
  Pool *self = (Pool *)op;
  PyMutex_Lock(&self->lock);
  if (self->used == 0) {
    PyErr_Format(PyExc_LookupError, "none of %d ports is free", SLOTS);
    PyMutex_Unlock(&self->lock);
    return NULL;
  }
  long port = self->ports[--self->used];
  PyMutex_Unlock(&self->lock);
  return PyLong_FromLong(port);
}

static PyObject *pool_release(PyObject *op, PyObject *number) {
  Pool *self = (Pool *)op;
  long port = PyLong_AsLong(number);
  if (port == -1 && PyErr_Occurred()) {
    return NULL;
  }
  PyObject *message = NULL;
  PyMutex_Lock(&self->lock);
  if (self->used == SLOTS) {
    PyErr_SetString(PyExc_OverflowError, "the pool is full");
  } else {
    self->ports[self->used++] = port;
    message = PyUnicode_FromFormat("%d free", self->used);
  }
  PyMutex_Unlock(&self->lock);
  return message;
}

static PyMethodDef pool_methods[] = {
    {"acquire", pool_acquire, METH_NOARGS, NULL},
    {"release", pool_release, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot pool_slots[] = {
    {Py_tp_methods, pool_methods},
    {0, NULL},
};

static PyType_Spec pool_spec = {
    .name = "error_good.Pool",
    .basicsize = sizeof(Pool),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = pool_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&pool_spec);
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
    .m_name = "lock_held_across_python_error_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lock_held_across_python_error_good(void) {
  return PyModuleDef_Init(&definition);
}
