// The pointer is read in the section and used after it: by then the memory may be gone.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject_HEAD
  long *ring;  // expect: resizable-buffer
  Py_ssize_t head;
  Py_ssize_t count;
} Ring;

static PyObject *ring_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  Ring *self = (Ring *)type->tp_alloc(type, 0);
  if (self == NULL) {
    return NULL;
  }
  self->count = 8;
  self->ring = PyMem_Calloc(8, sizeof(long));
  if (self->ring == NULL) {
    Py_DECREF(self);
    return PyErr_NoMemory();
  }
  return (PyObject *)self;
}

static void ring_dealloc(PyObject *op) {
  Ring *self = (Ring *)op;
  PyTypeObject *type = Py_TYPE(op);
  PyMem_Free(self->ring);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *ring_double(Ring *self, PyObject *unused) {
  int failed = 0;
  Py_BEGIN_CRITICAL_SECTION(self);
  long *ring = PyMem_Calloc((size_t)self->count * 2, sizeof(long));
  if (ring != NULL) {
    memcpy(ring, self->ring, (size_t)self->count * sizeof(long));
    PyMem_Free(self->ring);
    self->ring = ring;
    self->count *= 2;
  } else {
    failed = 1;
  }
  Py_END_CRITICAL_SECTION();
  if (failed) {
    return PyErr_NoMemory();
  }
  Py_RETURN_NONE;
}

static PyObject *ring_push(Ring *self, PyObject *arg) {
  long number = PyLong_AsLong(arg);
  if (number == -1 && PyErr_Occurred()) {
    return NULL;
  }
  Py_BEGIN_CRITICAL_SECTION(self);
  self->ring[self->head] = number;
  self->head = (self->head + 1) % self->count;
  Py_END_CRITICAL_SECTION();
  Py_RETURN_NONE;
}

static PyObject *ring_total(Ring *self, PyObject *unused) {
  const long *ring;
  Py_ssize_t count;
  long total = 0;
  Py_BEGIN_CRITICAL_SECTION(self);
  ring = self->ring;
  count = self->count;
  Py_END_CRITICAL_SECTION();
  for (Py_ssize_t i = 0; i < count; i++) {
    total += ring[i];
  }
  return PyLong_FromLong(total);
}

static PyMethodDef ring_methods[] = {
    {"double", (PyCFunction)ring_double, METH_NOARGS, NULL},
    {"push", (PyCFunction)ring_push, METH_O, NULL},
    {"total", (PyCFunction)ring_total, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot ring_slots[] = {
    {Py_tp_new, ring_new},
    {Py_tp_dealloc, ring_dealloc},
    {Py_tp_methods, ring_methods},
    {0, NULL},
};

static PyType_Spec ring_spec = {
    .name = "lock_released.Ring",
    .basicsize = sizeof(Ring),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = ring_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&ring_spec);
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
    .m_name = "resizable_buffer_lock_released_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_resizable_buffer_lock_released_bad(void) {
  return PyModuleDef_Init(&definition);
}
