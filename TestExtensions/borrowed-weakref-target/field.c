// The weak reference is a field that never changes; to lock its object does not keep the target.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject_HEAD
  PyObject *owner;
} Child;

static PyObject *child_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  PyObject *owner;
  if (!PyArg_ParseTuple(args, "O", &owner)) {
    return NULL;
  }
  Child *self = (Child *)type->tp_alloc(type, 0);
  if (self != NULL && (self->owner = PyWeakref_NewRef(owner, NULL)) == NULL) {
    Py_CLEAR(self);
  }
  return (PyObject *)self;
}

static void child_dealloc(PyObject *object) {
  Child *self = (Child *)object;
  PyTypeObject *type = Py_TYPE(object);
  Py_XDECREF(self->owner);
  type->tp_free(object);
  Py_DECREF(type);
}

static PyObject *child_owner(PyObject *op, PyObject *unused) {
  Child *self = (Child *)op;
  PyObject *owner;
  Py_BEGIN_CRITICAL_SECTION(op);
  owner = PyWeakref_GetObject(self->owner);  // expect: borrowed-weakref-target
  Py_XINCREF(owner);
  Py_END_CRITICAL_SECTION();
  return owner;
}

static PyMethodDef child_methods[] = {
    {"owner", child_owner, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot child_slots[] = {
    {Py_tp_new, child_new},
    {Py_tp_dealloc, child_dealloc},
    {Py_tp_methods, child_methods},
    {0, NULL},
};

static PyType_Spec child_spec = {
    .name = "field.Child",
    .basicsize = sizeof(Child),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = child_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&child_spec);
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
    .m_name = "borrowed_weakref_target_field",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_weakref_target_field(void) {
  return PyModuleDef_Init(&definition);
}
