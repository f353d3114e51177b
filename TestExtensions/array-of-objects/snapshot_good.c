// A copy with references of its own is taken in the section, and called through outside of it.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

#define MOST 16

typedef struct {
  PyObject_HEAD
  PyObject *hooks[MOST];
  int count;
} Hooks;

static int hooks_traverse(PyObject *op, visitproc visit, void *arg) {
  Py_VISIT(Py_TYPE(op));
  for (int i = 0; i < ((Hooks *)op)->count; i++) {
    Py_VISIT(((Hooks *)op)->hooks[i]);
  }
  return 0;
}

static int hooks_clear(PyObject *op) {
  Hooks *self = (Hooks *)op;
  while (self->count > 0) {
    self->count--;
    Py_CLEAR(self->hooks[self->count]);
  }
  return 0;
}

static void hooks_dealloc(PyObject *op) {
  Hooks *self = (Hooks *)op;
  PyTypeObject *type = Py_TYPE(op);
  PyObject_GC_UnTrack(op);
  (void)hooks_clear((PyObject *)self);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *hooks_add(Hooks *self, PyObject *hook) {
  int full;
  Py_BEGIN_CRITICAL_SECTION(self);
  full = self->count == MOST;
  if (!full) {
    self->hooks[self->count++] = Py_NewRef(hook);
  }
  Py_END_CRITICAL_SECTION();
  if (full) {
    PyErr_SetString(PyExc_OverflowError, "too many hooks");
    return NULL;
  }
  Py_RETURN_NONE;
}

static PyObject *hooks_drop(Hooks *self, PyObject *unused) {
  PyObject *last = NULL;
  Py_BEGIN_CRITICAL_SECTION(self);
  if (self->count > 0) {
    last = self->hooks[--self->count];
    self->hooks[self->count] = NULL;
  }
  Py_END_CRITICAL_SECTION();
  return last != NULL ? last : Py_NewRef(Py_None);
}

static int snapshot(Hooks *self, PyObject **copy) {
  int count;
  Py_BEGIN_CRITICAL_SECTION(self);
  count = self->count;
  for (int i = 0; i < count; i++) {
    copy[i] = Py_NewRef(self->hooks[i]);
  }
  Py_END_CRITICAL_SECTION();
  return count;
}

static PyObject *hooks_run(Hooks *self, PyObject *argument) {
  PyObject *copy[MOST];
  int failed = 0, count = snapshot(self, copy);
  for (int i = 0; i < count; i++) {
    PyObject *result = failed ? NULL : PyObject_CallOneArg(copy[i], argument);
    failed = result == NULL;
    Py_XDECREF(result);
    Py_DECREF(copy[i]);
  }
  if (failed) {
    return NULL;
  }
  Py_RETURN_NONE;
}

static PyMethodDef hooks_methods[] = {
    {"add", (PyCFunction)hooks_add, METH_O, NULL},
    {"drop", (PyCFunction)hooks_drop, METH_NOARGS, NULL},
    {"run", (PyCFunction)hooks_run, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot hooks_slots[] = {
    {Py_tp_traverse, hooks_traverse},
    {Py_tp_clear, hooks_clear},
    {Py_tp_dealloc, hooks_dealloc},
    {Py_tp_methods, hooks_methods},
    {0, NULL},
};

static PyType_Spec hooks_spec = {
    .name = "snapshot.Hooks",
    .basicsize = sizeof(Hooks),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .slots = hooks_slots,
};

static int module_exec(PyObject *module) {
  PyObject *type = PyType_FromSpec(&hooks_spec);
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "array_of_objects_snapshot_good",
    .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_array_of_objects_snapshot_good(void) {
  return PyModuleDef_Init(&module_def);
}
