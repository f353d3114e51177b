// Both objects are locked; where they are the same, the second is a copy that no one else has.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#define Py_BEGIN_CRITICAL_SECTION2(one, two) {
#define Py_END_CRITICAL_SECTION2() }
#endif

typedef struct {
  PyObject_HEAD
  char *bytes;
  Py_ssize_t size;
} Buffer;

static Buffer *buffer_copy(Buffer *from) {
  Buffer *made = PyObject_New(Buffer, Py_TYPE(from));
  if (made == NULL) {
    return NULL;
  }
  made->size = from->size;
  made->bytes = PyMem_Malloc((size_t)from->size + 1);
  if (made->bytes != NULL && from->size > 0) {
    memcpy(made->bytes, from->bytes, (size_t)from->size);
  }
  return made;
}

static void buffer_put(Buffer *to, Buffer *from) {
  // expect-wrong: two-objects-one-lock  that the other is a second locked object or a copy is not told
  memcpy(to->bytes, from->bytes, (size_t)(from->size < to->size ? from->size : to->size));
}

static PyObject *buffer_assign(Buffer *self, PyObject *arg) {
  if (Py_TYPE(arg) != Py_TYPE((PyObject *)self)) {
    PyErr_SetString(PyExc_TypeError, "not a buffer");
    return NULL;
  }
  Buffer *other = (Buffer *)arg;
  Buffer *from = other;
  Buffer *copy = NULL;
  Py_BEGIN_CRITICAL_SECTION2(self, other);
  if (self == other) {
    copy = buffer_copy(other);
    from = copy;
  }
  if (from != NULL) {
    buffer_put(self, from);
  }
  Py_END_CRITICAL_SECTION2();
  Py_XDECREF((PyObject *)copy);
  Py_RETURN_NONE;
}

static PyObject *buffer_grow(Buffer *self, PyObject *unused) {
  Py_BEGIN_CRITICAL_SECTION(self);
  char *grown = PyMem_Realloc(self->bytes, (size_t)self->size + 8);
  if (grown != NULL) {
    self->bytes = grown;
    self->size += 8;
  }
  Py_END_CRITICAL_SECTION();
  Py_RETURN_NONE;
}

static void buffer_dealloc(PyObject *op) {
  Buffer *self = (Buffer *)op;
  PyTypeObject *type = Py_TYPE(op);
  PyMem_Free(self->bytes);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyMethodDef buffer_methods[] = {
    {"assign", (PyCFunction)buffer_assign, METH_O, NULL},
    {"grow", (PyCFunction)buffer_grow, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot buffer_slots[] = {
    {Py_tp_dealloc, buffer_dealloc},
    {Py_tp_methods, buffer_methods},
    {0, NULL},
};

static PyType_Spec buffer_spec = {
    .name = "two_objects_one_lock_copy_of_self_good.Buffer",
    .basicsize = sizeof(Buffer),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = buffer_slots,
};

static int module_exec(PyObject *module) {
  PyObject *type = PyType_FromSpec(&buffer_spec);
  if (type == NULL) {
    return -1;
  }
  int result = PyModule_AddType(module, (PyTypeObject *)type);
  Py_DECREF(type);
  return result;
}

static PyModuleDef_Slot module_slots[] = {
    {Py_mod_exec, module_exec},
#ifdef Py_mod_gil
    // expect-wrong: declared-safe-but-hazardous  there is no hazard
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "two_objects_one_lock_copy_of_self_good",
    .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_two_objects_one_lock_copy_of_self_good(void) {
  return PyModuleDef_Init(&module_def);
}
