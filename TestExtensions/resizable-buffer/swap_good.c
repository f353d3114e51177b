// The old memory is taken out under the lock and freed after it, when nobody can find it any more.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef int PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

struct pool {
  PyMutex mutex;
  int *slots;
  Py_ssize_t size;
};

typedef struct {
  PyObject_HEAD
  struct pool pool;
} Arena;

#define LOCK(self) PyMutex_Lock(&(self)->pool.mutex)
#define UNLOCK(self) PyMutex_Unlock(&(self)->pool.mutex)

static void arena_dealloc(PyObject *op) {
  Arena *self = (Arena *)op;
  PyTypeObject *type = Py_TYPE(op);
  PyMem_Free(self->pool.slots);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *arena_reset(Arena *self, PyObject *arg) {
  Py_ssize_t size = PyLong_AsSsize_t(arg);
  if (size < 0) {
    if (!PyErr_Occurred()) {
      PyErr_SetString(PyExc_ValueError, "a negative size");
    }
    return NULL;
  }
  int *fresh = PyMem_Calloc((size_t)size + 1, sizeof(int));
  if (fresh == NULL) {
    return PyErr_NoMemory();
  }
  LOCK(self);
  int *old = self->pool.slots;
  self->pool.slots = fresh;
  self->pool.size = size;
  UNLOCK(self);
  PyMem_Free(old);
  Py_RETURN_NONE;
}

static int set_lock_held(struct pool *pool, Py_ssize_t index, int value) {
  if (index < 0 || index >= pool->size) {
    return -1;
  }
  pool->slots[index] = value;
  return 0;
}

static PyObject *arena_set(Arena *self, PyObject *args) {
  Py_ssize_t index;
  int value;
  if (!PyArg_ParseTuple(args, "ni:set", &index, &value)) {
    return NULL;
  }
  LOCK(self);
  int result = set_lock_held(&self->pool, index, value);
  UNLOCK(self);
  if (result < 0) {
    PyErr_SetString(PyExc_IndexError, "no such slot");
    return NULL;
  }
  Py_RETURN_NONE;
}

static PyObject *arena_sum(Arena *self, PyObject *unused) {
  long sum = 0;
  LOCK(self);
  for (Py_ssize_t i = 0; i < self->pool.size; i++) {
    sum += self->pool.slots[i];
  }
  UNLOCK(self);
  return PyLong_FromLong(sum);
}

static PyMethodDef arena_methods[] = {
    {"reset", (PyCFunction)arena_reset, METH_O, NULL},
    {"set", (PyCFunction)arena_set, METH_VARARGS, NULL},
    {"sum", (PyCFunction)arena_sum, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot arena_slots[] = {
    {Py_tp_dealloc, arena_dealloc},
    {Py_tp_methods, arena_methods},
    {0, NULL},
};

static PyType_Spec arena_spec = {
    .name = "swap.Arena",
    .basicsize = sizeof(Arena),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = arena_slots,
};

static int add_types(PyObject *module) {
  PyObject *type = PyType_FromSpec(&arena_spec);
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
    .m_name = "resizable_buffer_swap_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_resizable_buffer_swap_good(void) {
  return PyModuleDef_Init(&moduledef);
}
