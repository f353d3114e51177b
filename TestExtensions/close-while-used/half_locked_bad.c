// close takes the mutex of the object; the method that was there before the mutex does not.
#include <Python.h>
#include <stdio.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef int PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

struct channel {
  FILE *pipe;
};

typedef struct {
  PyObject_HEAD
  PyMutex mutex;
  struct channel *channel;  // expect: close-while-used
} Recorder;

static PyObject *recorder_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  Recorder *self = (Recorder *)type->tp_alloc(type, 0);
  if (self == NULL) {
    return NULL;
  }
  self->channel = PyMem_Calloc(1, sizeof(struct channel));
  if (self->channel == NULL) {
    Py_DECREF(self);
    return PyErr_NoMemory();
  }
  self->channel->pipe = tmpfile();
  return (PyObject *)self;
}

static void channel_end(struct channel *channel) {
  if (channel->pipe != NULL) {
    fclose(channel->pipe);
    channel->pipe = NULL;
  }
}

static void recorder_dealloc(PyObject *op) {
  Recorder *self = (Recorder *)op;
  PyTypeObject *type = Py_TYPE(op);
  if (self->channel != NULL) {
    channel_end(self->channel);
    PyMem_Free(self->channel);
  }
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *recorder_close(Recorder *self, PyObject *unused) {
  PyMutex_Lock(&self->mutex);
  channel_end(self->channel);
  PyMutex_Unlock(&self->mutex);
  Py_RETURN_NONE;
}

static PyObject *recorder_rewind(Recorder *self, PyObject *unused) {
  PyMutex_Lock(&self->mutex);
  if (self->channel->pipe != NULL) {
    rewind(self->channel->pipe);
  }
  PyMutex_Unlock(&self->mutex);
  Py_RETURN_NONE;
}

static PyObject *recorder_tell(Recorder *self, PyObject *unused) {
  if (self->channel->pipe == NULL) {
    Py_RETURN_NONE;
  }
  return PyLong_FromLong(ftell(self->channel->pipe));
}

static PyMethodDef recorder_methods[] = {
    {"close", (PyCFunction)recorder_close, METH_NOARGS, NULL},
    {"rewind", (PyCFunction)recorder_rewind, METH_NOARGS, NULL},
    {"tell", (PyCFunction)recorder_tell, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot recorder_slots[] = {
    {Py_tp_new, recorder_new},
    {Py_tp_dealloc, recorder_dealloc},
    {Py_tp_methods, recorder_methods},
    {0, NULL},
};

static PyType_Spec recorder_spec = {
    .name = "half_locked.Recorder",
    .basicsize = sizeof(Recorder),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = recorder_slots,
};

static int add_types(PyObject *module) {
  PyObject *type = PyType_FromSpec(&recorder_spec);
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef moduledef = {
    PyModuleDef_HEAD_INIT,
    .m_name = "close_while_used_half_locked_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_close_while_used_half_locked_bad(void) {
  return PyModuleDef_Init(&moduledef);
}
