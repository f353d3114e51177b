// The module of bad.c; the object's mutex is held on both sides, also while detached.
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef int PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

typedef struct {
  PyObject_HEAD
  PyMutex lock;
  uint64_t digest;
} Hasher;

static PyObject *hasher_update(PyObject *op, PyObject *args) {
  Hasher *self = (Hasher *)op;
  Py_buffer view;
  if (!PyArg_ParseTuple(args, "y*", &view)) {
    return NULL;
  }
  const unsigned char *bytes = view.buf;
  Py_ssize_t length = view.len;
  Py_BEGIN_ALLOW_THREADS
  PyMutex_Lock(&self->lock);
  for (Py_ssize_t i = 0; i < length; i++) {
    self->digest = (self->digest ^ bytes[i]) * 0x100000001b3u;
  }
  PyMutex_Unlock(&self->lock);
  Py_END_ALLOW_THREADS
  PyBuffer_Release(&view);
  Py_RETURN_NONE;
}

static PyObject *hasher_digest(PyObject *op, PyObject *unused) {
  Hasher *self = (Hasher *)op;
  PyMutex_Lock(&self->lock);
  uint64_t digest = self->digest;
  PyMutex_Unlock(&self->lock);
  return PyLong_FromUnsignedLongLong(digest);
}

static PyMethodDef hasher_methods[] = {
    {"update", hasher_update, METH_VARARGS, NULL},
    {"digest", hasher_digest, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot hasher_slots[] = {
    {Py_tp_methods, hasher_methods},
    {0, NULL},
};

static PyType_Spec hasher_spec = {
    .name = "good.Hasher",
    .basicsize = sizeof(Hasher),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = hasher_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&hasher_spec);
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
    .m_name = "shared_state_while_detached_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_shared_state_while_detached_good(void) {
  return PyModuleDef_Init(&definition);
}
