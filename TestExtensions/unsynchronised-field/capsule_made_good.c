// The record of a capsule is made by an allocator that the caller may choose, and filled before the
// capsule exists.
#include <Python.h>

typedef struct {
  void *(*allocate)(size_t);
} Memory;

typedef struct {
  char *bytes;
  size_t count;
} Context;

static const Memory standard = {NULL};

static void *allocate(size_t size, Memory memory) {
  if (memory.allocate != NULL) {
    return memory.allocate(size);
  }
  return PyMem_RawCalloc(1, size);
}

static void context_end(Context *context) {
  if (context != NULL) {
    PyMem_RawFree(context->bytes);
    PyMem_RawFree(context);
  }
}

static void capsule_end(PyObject *capsule) { context_end(PyCapsule_GetPointer(capsule, "context")); }

static PyObject *create(PyObject *module, PyObject *unused) {
  Context *context = allocate(sizeof(Context), standard);
  if (context == NULL) {
    return PyErr_NoMemory();
  }
  context->count = 0;
  context->bytes = PyMem_RawCalloc(10, 1);
  if (context->bytes == NULL) {
    context_end(context);
    return PyErr_NoMemory();
  }
  return PyCapsule_New(context, "context", capsule_end);
}

static PyObject *first(PyObject *module, PyObject *capsule) {
  Context *context = PyCapsule_GetPointer(capsule, "context");
  if (context == NULL) {
    return NULL;
  }
  return PyLong_FromLong(context->bytes[0] + (long)context->count);
}

typedef struct {
  PyObject_HEAD
} Unused;

static void unused_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyMethodDef unused_methods[] = {
    {NULL, NULL, 0, NULL},
};

static PyType_Slot unused_slots[] = {
    {Py_tp_dealloc, unused_dealloc},
    {Py_tp_methods, unused_methods},
    {0, NULL},
};

static PyType_Spec unused_spec = {
    .name = "unsynchronised_field_capsule_made_good.Unused",
    .basicsize = sizeof(Unused),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = unused_slots,
};

static int module_exec(PyObject *module) {
  PyObject *type = PyType_FromSpec(&unused_spec);
  if (type == NULL) {
    return -1;
  }
  int result = PyModule_AddType(module, (PyTypeObject *)type);
  Py_DECREF(type);
  return result;
}

static PyMethodDef module_methods[] = {
    {"create", create, METH_NOARGS, NULL},
    {"first", first, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot module_slots[] = {
    {Py_mod_exec, module_exec},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "unsynchronised_field_capsule_made_good",
    .m_methods = module_methods,
    .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_unsynchronised_field_capsule_made_good(void) {
  return PyModuleDef_Init(&module_def);
}
