// A helper takes the section on the owner and reads through the address of the field.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject_HEAD
  PyObject *target;
} Proxy;

static void proxy_dealloc(PyObject *object) {
  Proxy *self = (Proxy *)object;
  PyTypeObject *type = Py_TYPE(object);
  Py_XDECREF(self->target);
  type->tp_free(object);
  Py_DECREF(type);
}

static PyObject *acquire(PyObject *owner, PyObject **field) {
  PyObject *value;
  Py_BEGIN_CRITICAL_SECTION(owner);
  value = *field;
  Py_XINCREF(value);
  Py_END_CRITICAL_SECTION();
  return value;
}

static inline PyObject *acquire_target(Proxy *self) {
  return acquire((PyObject *)self, &self->target);
}

static PyObject *proxy_repr(PyObject *op) {
  PyObject *target = acquire_target((Proxy *)op);
  if (target == NULL) {
    return PyUnicode_FromString("<empty>");
  }
  PyObject *result = PyObject_Repr(target);
  Py_DECREF(target);
  return result;
}

static PyObject *proxy_bind(PyObject *op, PyObject *target) {
  Py_INCREF(target);
  Py_BEGIN_CRITICAL_SECTION(op);
  Py_XSETREF(((Proxy *)op)->target, target);
  Py_END_CRITICAL_SECTION();
  Py_RETURN_NONE;
}

static PyMethodDef proxy_methods[] = {
    {"bind", proxy_bind, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot proxy_slots[] = {
    {Py_tp_dealloc, proxy_dealloc},
    {Py_tp_repr, proxy_repr},
    {Py_tp_methods, proxy_methods},
    {0, NULL},
};

static PyType_Spec proxy_spec = {
    .name = "field_address.Proxy",
    .basicsize = sizeof(Proxy),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = proxy_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&proxy_spec);
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
    .m_name = "raw_owned_field_read_field_address_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_raw_owned_field_read_field_address_good(void) {
  return PyModuleDef_Init(&definition);
}
