// One of two readers forgot the lock that the writer and the other hold.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject_HEAD
  PyObject *target;  // expect: raw-owned-field-read
} Link;

static void link_dealloc(PyObject *object) {
  Link *self = (Link *)object;
  PyTypeObject *type = Py_TYPE(object);
  Py_XDECREF(self->target);
  type->tp_free(object);
  Py_DECREF(type);
}

static PyObject *link_retarget(PyObject *op, PyObject *target) {
  Link *self = (Link *)op;
  PyObject *old;
  Py_BEGIN_CRITICAL_SECTION(self);
  old = self->target;
  self->target = Py_NewRef(target);
  Py_END_CRITICAL_SECTION();
  Py_XDECREF(old);
  Py_RETURN_NONE;
}

static PyObject *link_target(PyObject *op, PyObject *unused) {
  Link *self = (Link *)op;
  PyObject *target;
  Py_BEGIN_CRITICAL_SECTION(self);
  target = Py_XNewRef(self->target);
  Py_END_CRITICAL_SECTION();
  return target != NULL ? target : Py_NewRef(Py_None);
}

static PyObject *link_repr(PyObject *op) {
  Link *self = (Link *)op;
  return PyUnicode_FromFormat("<link to %R>", self->target != NULL ? self->target : Py_None);
}

static PyMethodDef link_methods[] = {
    {"retarget", link_retarget, METH_O, NULL},
    {"target", link_target, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot link_slots[] = {
    {Py_tp_dealloc, link_dealloc},
    {Py_tp_repr, link_repr},
    {Py_tp_methods, link_methods},
    {0, NULL},
};

static PyType_Spec link_spec = {
    .name = "one_reader.Link",
    .basicsize = sizeof(Link),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = link_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&link_spec);
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
    .m_name = "raw_owned_field_read_one_reader",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_raw_owned_field_read_one_reader(void) {
  return PyModuleDef_Init(&definition);
}
