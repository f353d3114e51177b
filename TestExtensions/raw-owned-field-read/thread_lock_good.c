// Every method takes the lock of the object, or gives up when another has it.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  PyThread_type_lock lock;
  PyObject *converter;
} Stream;

static PyObject *stream_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  PyObject *converter;
  if (!PyArg_ParseTuple(args, "O", &converter)) {
    return NULL;
  }
  Stream *self = (Stream *)type->tp_alloc(type, 0);
  if (self == NULL) {
    return NULL;
  }
  self->lock = PyThread_allocate_lock();
  if (self->lock == NULL) {
    Py_DECREF(self);
    return PyErr_NoMemory();
  }
  self->converter = Py_NewRef(converter);
  return (PyObject *)self;
}

static void stream_dealloc(PyObject *object) {
  Stream *self = (Stream *)object;
  PyTypeObject *type = Py_TYPE(object);
  if (self->lock != NULL) {
    PyThread_free_lock(self->lock);
  }
  Py_XDECREF(self->converter);
  type->tp_free(object);
  Py_DECREF(type);
}

static int stream_enter(Stream *self) {
  if (PyThread_acquire_lock(self->lock, NOWAIT_LOCK) != PY_LOCK_ACQUIRED) {
    PyErr_SetString(PyExc_RuntimeError, "stream is in use");
    return -1;
  }
  return 0;
}

static void stream_leave(Stream *self) {
  PyThread_release_lock(self->lock);
}

static PyObject *stream_convert(PyObject *op, PyObject *value) {
  Stream *self = (Stream *)op;
  if (stream_enter(self) < 0) {
    return NULL;
  }
  PyObject *result = self->converter == NULL ? Py_NewRef(value)
                                             : PyObject_CallOneArg(self->converter, value);
  stream_leave(self);
  return result;
}

static PyObject *stream_close(PyObject *op, PyObject *unused) {
  Stream *self = (Stream *)op;
  if (stream_enter(self) < 0) {
    return NULL;
  }
  Py_CLEAR(self->converter);
  stream_leave(self);
  Py_RETURN_NONE;
}

static PyMethodDef stream_methods[] = {
    {"convert", stream_convert, METH_O, NULL},
    {"close", stream_close, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot stream_slots[] = {
    {Py_tp_new, stream_new},
    {Py_tp_dealloc, stream_dealloc},
    {Py_tp_methods, stream_methods},
    {0, NULL},
};

static PyType_Spec stream_spec = {
    .name = "thread_lock.Stream",
    .basicsize = sizeof(Stream),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = stream_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&stream_spec);
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
    .m_name = "raw_owned_field_read_thread_lock_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_raw_owned_field_read_thread_lock_good(void) {
  return PyModuleDef_Init(&definition);
}
