// The lock of the object is taken before detaching, by macros as CPython's zlib had them, on both sides.
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
  PyObject_HEAD
  PyThread_type_lock lock;
  unsigned long sum;
} Adler;

#define ENTER(self)                                      \
  do {                                                   \
    if (!PyThread_acquire_lock((self)->lock, NOWAIT_LOCK)) { \
      Py_BEGIN_ALLOW_THREADS                             \
      PyThread_acquire_lock((self)->lock, WAIT_LOCK);    \
      Py_END_ALLOW_THREADS                               \
    }                                                    \
  } while (0)
#define LEAVE(self) PyThread_release_lock((self)->lock)

static PyObject *adler_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  Adler *self = (Adler *)type->tp_alloc(type, 0);
  if (self == NULL) {
    return NULL;
  }
  self->sum = 1;
  self->lock = PyThread_allocate_lock();
  if (self->lock == NULL) {
    Py_DECREF(self);
    return PyErr_NoMemory();
  }
  return (PyObject *)self;
}

static void adler_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  if (((Adler *)op)->lock != NULL) {
    PyThread_free_lock(((Adler *)op)->lock);
  }
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *adler_update(PyObject *op, PyObject *args) {
  Adler *self = (Adler *)op;
  Py_buffer view;
  if (!PyArg_ParseTuple(args, "y*", &view)) {
    return NULL;
  }
  const unsigned char *bytes = view.buf;
  ENTER(self);
  Py_BEGIN_ALLOW_THREADS
  unsigned long low = self->sum & 0xffff, high = self->sum >> 16;
  for (Py_ssize_t i = 0; i < view.len; i++) {
    low = (low + bytes[i]) % 65521;
    high = (high + low) % 65521;
  }
  self->sum = high << 16 | low;
  Py_END_ALLOW_THREADS
  LEAVE(self);
  PyBuffer_Release(&view);
  Py_RETURN_NONE;
}

static PyObject *adler_value(PyObject *op, PyObject *unused) {
  Adler *self = (Adler *)op;
  ENTER(self);
  unsigned long sum = self->sum;
  LEAVE(self);
  return PyLong_FromUnsignedLong(sum);
}

static PyMethodDef adler_methods[] = {
    {"update", adler_update, METH_VARARGS, NULL},
    {"value", adler_value, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot adler_slots[] = {
    {Py_tp_new, adler_new},
    {Py_tp_dealloc, adler_dealloc},
    {Py_tp_methods, adler_methods},
    {0, NULL},
};

static PyType_Spec adler_spec = {
    .name = "enter_leave_good.Adler",
    .basicsize = sizeof(Adler),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = adler_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&adler_spec);
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
    .m_name = "shared_state_while_detached_enter_leave_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_shared_state_while_detached_enter_leave_good(void) {
  return PyModuleDef_Init(&definition);
}
