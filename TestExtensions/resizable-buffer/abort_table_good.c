// As abort_good.c, where a table of functions ends what the record holds.
#include <Python.h>

typedef struct context Context;

typedef struct {
  void (*release)(Context *);
  int (*next)(Context *);
} Operations;

struct context {
  const Operations *operations;
  char *bytes;
  int index;
};

static void bytes_release(Context *context) {
  PyMem_Free(context->bytes);
  context->bytes = NULL;
  context->index = -1;
}

static int bytes_next(Context *context) { return context->bytes != NULL ? context->bytes[0] : 0; }

static const Operations operations = {bytes_release, bytes_next};

static void context_end(Context *context) {
  if (context == NULL) {
    return;
  }
  if (context->operations != NULL) {
    context->operations->release(context);
  }
  PyMem_Free(context);
}

static void capsule_end(PyObject *capsule) { context_end(PyCapsule_GetPointer(capsule, "context")); }

static PyObject *create(PyObject *module, PyObject *arg) {
  Context *context = NULL;
  if (!PyLong_Check(arg)) {
    goto failed;
  }
  context = PyMem_Malloc(sizeof(Context));
  if (context == NULL) {
    goto failed;
  }
  memset(context, 0, sizeof(Context));
  context->operations = &operations;
  context->bytes = PyMem_Calloc(10, 1);
  if (context->bytes == NULL) {
    goto failed;
  }
  return PyCapsule_New(context, "context", capsule_end);
failed:
  context_end(context);
  PyErr_SetString(PyExc_ValueError, "no context can be made");
  return NULL;
}

static PyObject *next(PyObject *module, PyObject *capsule) {
  Context *context = PyCapsule_GetPointer(capsule, "context");
  if (context == NULL) {
    return NULL;
  }
  return PyLong_FromLong(context->operations->next(context));
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
    .name = "resizable_buffer_abort_table_good.Unused",
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
    {"create", create, METH_O, NULL},
    {"next", next, METH_O, NULL},
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
    .m_name = "resizable_buffer_abort_table_good",
    .m_methods = module_methods,
    .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_resizable_buffer_abort_table_good(void) {
  return PyModuleDef_Init(&module_def);
}
