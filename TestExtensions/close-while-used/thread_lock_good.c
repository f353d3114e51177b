// A lock of PyThread in the object, taken detached; the same helper pair around each use.
#include <Python.h>
#include <pythread.h>
#include <stdlib.h>

typedef struct {
  int word;
} engine_t;

static engine_t *engine_open(int word) {
  engine_t *engine = malloc(sizeof(*engine));
  if (engine != NULL) {
    engine->word = word;
  }
  return engine;
}

static void engine_close(engine_t *engine) {
  free(engine);
}

static int engine_run(const engine_t *engine, int rounds) {
  int word = engine->word;
  while (rounds-- > 0) {
    word = word * 69069 + 1;
  }
  return word;
}

typedef struct {
  PyObject_HEAD
  PyThread_type_lock lock;
  engine_t *engine;
} Engine;

static void acquire(Engine *self) {
  Py_BEGIN_ALLOW_THREADS
  PyThread_acquire_lock(self->lock, WAIT_LOCK);
  Py_END_ALLOW_THREADS
}

static void release(Engine *self) {
  PyThread_release_lock(self->lock);
}

static PyObject *engine_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  int word = 1;
  if (!PyArg_ParseTuple(args, "|i:Engine", &word)) {
    return NULL;
  }
  Engine *self = (Engine *)type->tp_alloc(type, 0);
  if (self == NULL) {
    return NULL;
  }
  self->lock = PyThread_allocate_lock();
  self->engine = engine_open(word);
  if (self->lock == NULL || self->engine == NULL) {
    Py_DECREF(self);
    return PyErr_NoMemory();
  }
  return (PyObject *)self;
}

static void engine_dealloc(PyObject *op) {
  Engine *self = (Engine *)op;
  PyTypeObject *type = Py_TYPE(op);
  if (self->lock != NULL) {
    PyThread_free_lock(self->lock);
  }
  engine_close(self->engine);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *engine_step(Engine *self, PyObject *arg) {
  int result = 0, closed;
  long rounds = PyLong_AsLong(arg);
  if (rounds == -1 && PyErr_Occurred()) {
    return NULL;
  }
  acquire(self);
  closed = self->engine == NULL;
  if (!closed) {
    result = engine_run(self->engine, (int)rounds);
  }
  release(self);
  if (closed) {
    PyErr_SetString(PyExc_ValueError, "closed");
    return NULL;
  }
  return PyLong_FromLong(result);
}

static PyObject *engine_shut(Engine *self, PyObject *unused) {
  acquire(self);
  engine_t *engine = self->engine;
  self->engine = NULL;
  release(self);
  engine_close(engine);
  Py_RETURN_NONE;
}

static PyMethodDef engine_methods[] = {
    {"step", (PyCFunction)engine_step, METH_O, NULL},
    {"shut", (PyCFunction)engine_shut, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot engine_slots[] = {
    {Py_tp_new, engine_new},
    {Py_tp_dealloc, engine_dealloc},
    {Py_tp_methods, engine_methods},
    {0, NULL},
};

static PyType_Spec engine_spec = {
    .name = "thread_lock.Engine",
    .basicsize = sizeof(Engine),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = engine_slots,
};

static int add_types(PyObject *module) {
  PyObject *type = PyType_FromSpec(&engine_spec);
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef moduledef = {
    PyModuleDef_HEAD_INIT,
    .m_name = "close_while_used_thread_lock_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_close_while_used_thread_lock_good(void) {
  return PyModuleDef_Init(&moduledef);
}
