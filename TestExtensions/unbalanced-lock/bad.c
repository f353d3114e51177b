// The error exit forgets the mutex: every later call waits for ever.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef int PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

#define CAPACITY 16

typedef struct {
  PyObject_HEAD
  PyMutex lock;
  int count;
  double samples[CAPACITY];
} Window;

static PyObject *window_add(PyObject *op, PyObject *sample) {
  Window *self = (Window *)op;
  double value = PyFloat_AsDouble(sample);
  if (value == -1.0 && PyErr_Occurred()) {
    return NULL;
  }
  PyMutex_Lock(&self->lock);  // expect: unbalanced-lock
  if (self->count == CAPACITY) {
    PyErr_SetString(PyExc_OverflowError, "the window is full");
    return NULL;
  }
  self->samples[self->count++] = value;
  PyMutex_Unlock(&self->lock);
  Py_RETURN_NONE;
}

static PyObject *window_sum(PyObject *op, PyObject *unused) {
  Window *self = (Window *)op;
  double sum = 0;
  PyMutex_Lock(&self->lock);
  for (int i = 0; i < self->count; i++) {
    sum += self->samples[i];
  }
  PyMutex_Unlock(&self->lock);
  return PyFloat_FromDouble(sum);
}

static PyMethodDef window_methods[] = {
    {"add", window_add, METH_O, NULL},
    {"sum", window_sum, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot window_slots[] = {
    {Py_tp_methods, window_methods},
    {0, NULL},
};

static PyType_Spec window_spec = {
    .name = "bad.Window",
    .basicsize = sizeof(Window),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = window_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&window_spec);
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
    .m_name = "unbalanced_lock_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unbalanced_lock_bad(void) {
  return PyModuleDef_Init(&definition);
}
