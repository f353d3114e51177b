// Under the mutex the old value is dropped, and its finaliser may come back to the same object.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef int PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

typedef struct {
  PyObject_HEAD
  PyMutex lock;
  PyObject *last;
} Latch;

static void latch_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  Py_XDECREF(((Latch *)op)->last);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *latch_set(PyObject *op, PyObject *value) {
  Latch *self = (Latch *)op;
  PyMutex_Lock(&self->lock);  // expect: lock-held-across-python
  Py_XSETREF(self->last, Py_NewRef(value));
  PyMutex_Unlock(&self->lock);
  Py_RETURN_NONE;
}

static PyObject *latch_get(PyObject *op, PyObject *unused) {
  Latch *self = (Latch *)op;
  PyMutex_Lock(&self->lock);
  PyObject *value = Py_XNewRef(self->last);
  PyMutex_Unlock(&self->lock);
  return value != NULL ? value : Py_NewRef(Py_None);
}

static PyMethodDef latch_methods[] = {
    {"set", latch_set, METH_O, NULL},
    {"get", latch_get, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot latch_slots[] = {
    {Py_tp_dealloc, latch_dealloc},
    {Py_tp_methods, latch_methods},
    {0, NULL},
};

static PyType_Spec latch_spec = {
    .name = "decref_bad.Latch",
    .basicsize = sizeof(Latch),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = latch_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&latch_spec);
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
    .m_name = "lock_held_across_python_decref_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lock_held_across_python_decref_bad(void) {
  return PyModuleDef_Init(&definition);
}
