// The module of bad.c; the handler is taken under the mutex and called after it.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef int PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

typedef struct {
  PyObject_HEAD
  PyMutex lock;
  PyObject *handler;
  Py_ssize_t events;
} Channel;

static int channel_traverse(PyObject *op, visitproc visit, void *arg) {
  Py_VISIT(((Channel *)op)->handler);
  Py_VISIT(Py_TYPE(op));
  return 0;
}

static void channel_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  PyObject_GC_UnTrack(op);
  Py_XDECREF(((Channel *)op)->handler);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *channel_subscribe(PyObject *op, PyObject *handler) {
  Channel *self = (Channel *)op;
  PyMutex_Lock(&self->lock);
  PyObject *old = self->handler;
  self->handler = Py_NewRef(handler);
  PyMutex_Unlock(&self->lock);
  Py_XDECREF(old);
  Py_RETURN_NONE;
}

static PyObject *channel_emit(PyObject *op, PyObject *event) {
  Channel *self = (Channel *)op;
  PyMutex_Lock(&self->lock);
  self->events++;
  PyObject *handler = Py_XNewRef(self->handler);
  PyMutex_Unlock(&self->lock);
  if (handler == NULL) {
    Py_RETURN_NONE;
  }
  PyObject *result = PyObject_CallOneArg(handler, event);
  Py_DECREF(handler);
  return result;
}

static PyMethodDef channel_methods[] = {
    {"subscribe", channel_subscribe, METH_O, NULL},
    {"emit", channel_emit, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot channel_slots[] = {
    {Py_tp_traverse, channel_traverse},
    {Py_tp_dealloc, channel_dealloc},
    {Py_tp_methods, channel_methods},
    {0, NULL},
};

static PyType_Spec channel_spec = {
    .name = "good.Channel",
    .basicsize = sizeof(Channel),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .slots = channel_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&channel_spec);
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
    .m_name = "lock_held_across_python_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lock_held_across_python_good(void) {
  return PyModuleDef_Init(&definition);
}
