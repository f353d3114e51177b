// The field is a pointer to the project's own object, and the reader follows a chain of them.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct Scope {
  PyObject_HEAD
  struct Scope *parent;  // expect: raw-owned-field-read
  long level;
} Scope;

static void scope_dealloc(PyObject *object) {
  Scope *self = (Scope *)object;
  PyTypeObject *type = Py_TYPE(object);
  Py_XDECREF(self->parent);
  type->tp_free(object);
  Py_DECREF(type);
}

static PyObject *scope_attach(PyObject *op, PyObject *parent) {
  Scope *self = (Scope *)op;
  if (!Py_IS_TYPE(parent, Py_TYPE(op))) {
    PyErr_SetString(PyExc_TypeError, "a scope");
    return NULL;
  }
  Py_INCREF(parent);
  Scope *old;
  Py_BEGIN_CRITICAL_SECTION(op);
  old = self->parent;
  self->parent = (Scope *)parent;
  Py_END_CRITICAL_SECTION();
  Py_XDECREF((PyObject *)old);
  Py_RETURN_NONE;
}

static PyObject *scope_root(PyObject *op, PyObject *unused) {
  Scope *scope = (Scope *)op;
  while (scope->parent != NULL) {
    scope = scope->parent;
  }
  return Py_NewRef((PyObject *)scope);
}

static PyMethodDef scope_methods[] = {
    {"attach", scope_attach, METH_O, NULL},
    {"root", scope_root, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot scope_slots[] = {
    {Py_tp_dealloc, scope_dealloc},
    {Py_tp_methods, scope_methods},
    {0, NULL},
};

static PyType_Spec scope_spec = {
    .name = "typed.Scope",
    .basicsize = sizeof(Scope),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = scope_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&scope_spec);
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
    .m_name = "raw_owned_field_read_typed",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_raw_owned_field_read_typed(void) {
  return PyModuleDef_Init(&definition);
}
