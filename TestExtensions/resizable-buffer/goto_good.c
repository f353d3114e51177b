// One way out of each function, with the unlock before it; the lock is made in tp_new.
#include <Python.h>
#include <pythread.h>

typedef struct {
  PyObject_HEAD
  PyThread_type_lock lock;
  unsigned short *queue;
  size_t first;
  size_t last;
  size_t room;
} Fifo;

static void lock_fifo(Fifo *fifo) {
  if (!PyThread_acquire_lock(fifo->lock, NOWAIT_LOCK)) {
    Py_BEGIN_ALLOW_THREADS
    PyThread_acquire_lock(fifo->lock, WAIT_LOCK);
    Py_END_ALLOW_THREADS
  }
}

static void unlock_fifo(Fifo *fifo) {
  PyThread_release_lock(fifo->lock);
}

static PyObject *fifo_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  Fifo *self = (Fifo *)type->tp_alloc(type, 0);
  if (self == NULL) {
    return NULL;
  }
  self->lock = PyThread_allocate_lock();
  if (self->lock == NULL) {
    Py_DECREF(self);
    return PyErr_NoMemory();
  }
  return (PyObject *)self;
}

static void fifo_dealloc(PyObject *op) {
  Fifo *self = (Fifo *)op;
  PyTypeObject *type = Py_TYPE(op);
  if (self->lock != NULL) {
    PyThread_free_lock(self->lock);
  }
  PyMem_RawFree(self->queue);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *fifo_put(Fifo *self, PyObject *arg) {
  int result = -1;
  long value = PyLong_AsLong(arg);
  if (value == -1 && PyErr_Occurred()) {
    return NULL;
  }
  lock_fifo(self);
  if (self->last == self->room) {
    size_t room = self->room * 2 + 16;
    unsigned short *queue = PyMem_RawRealloc(self->queue, room * sizeof(*queue));
    if (queue == NULL) {
      goto unlock;
    }
    self->queue = queue;
    self->room = room;
  }
  self->queue[self->last++] = (unsigned short)value;
  result = 0;
unlock:
  unlock_fifo(self);
  if (result < 0) {
    return PyErr_NoMemory();
  }
  Py_RETURN_NONE;
}

static PyObject *fifo_get(Fifo *self, PyObject *unused) {
  long value = -1;
  lock_fifo(self);
  if (self->first == self->last) {
    goto unlock;
  }
  value = self->queue[self->first++];
unlock:
  unlock_fifo(self);
  return PyLong_FromLong(value);
}

static PyMethodDef fifo_methods[] = {
    {"put", (PyCFunction)fifo_put, METH_O, NULL},
    {"get", (PyCFunction)fifo_get, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot fifo_slots[] = {
    {Py_tp_new, fifo_new},
    {Py_tp_dealloc, fifo_dealloc},
    {Py_tp_methods, fifo_methods},
    {0, NULL},
};

static PyType_Spec fifo_spec = {
    .name = "goto.Fifo",
    .basicsize = sizeof(Fifo),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = fifo_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&fifo_spec);
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
    .m_name = "resizable_buffer_goto_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_resizable_buffer_goto_good(void) {
  return PyModuleDef_Init(&definition);
}
