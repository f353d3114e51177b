// The reader does its part; the writer does not lock.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject_HEAD
  PyObject *value;  // expect: racy-field-replacement
} Box;

static void box_dealloc(PyObject *object) {
  Box *self = (Box *)object;
  PyTypeObject *type = Py_TYPE(object);
  Py_XDECREF(self->value);
  type->tp_free(object);
  Py_DECREF(type);
}

static PyObject *box_set(PyObject *op, PyObject *value) {
  Box *self = (Box *)op;
  Py_XSETREF(self->value, Py_NewRef(value));
  Py_RETURN_NONE;
}

static PyObject *box_get(PyObject *op, PyObject *unused) {
  Box *self = (Box *)op;
  PyObject *value;
  Py_BEGIN_CRITICAL_SECTION(self);
  value = Py_XNewRef(self->value);
  Py_END_CRITICAL_SECTION();
  return value != NULL ? value : Py_NewRef(Py_None);
}

static PyMethodDef box_methods[] = {
    {"set", box_set, METH_O, NULL},
    {"get", box_get, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot box_slots[] = {
    {Py_tp_dealloc, box_dealloc},
    {Py_tp_methods, box_methods},
    {0, NULL},
};

static PyType_Spec box_spec = {
    .name = "reader_locked.Box",
    .basicsize = sizeof(Box),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = box_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&box_spec);
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
    .m_name = "racy_field_replacement_reader_locked",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_racy_field_replacement_reader_locked(void) {
  return PyModuleDef_Init(&definition);
}
