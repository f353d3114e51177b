// What the region needs is copied before, and what it found is stored after, both under the object's lock.
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject_HEAD
  unsigned char separator;
  unsigned long fields;
} Counter;

static PyObject *counter_separator(PyObject *op, PyObject *number) {
  long value = PyLong_AsLong(number);
  if (value < 0 || value > 255) {
    PyErr_SetString(PyExc_ValueError, "a byte");
    return NULL;
  }
  Py_BEGIN_CRITICAL_SECTION(op);
  ((Counter *)op)->separator = (unsigned char)value;
  ((Counter *)op)->fields = 0;
  Py_END_CRITICAL_SECTION();
  Py_RETURN_NONE;
}

static PyObject *counter_update(PyObject *op, PyObject *args) {
  Counter *self = (Counter *)op;
  Py_buffer view;
  if (!PyArg_ParseTuple(args, "y*", &view)) {
    return NULL;
  }
  unsigned char separator;
  Py_BEGIN_CRITICAL_SECTION(op);
  separator = self->separator;
  Py_END_CRITICAL_SECTION();
  unsigned long fields = 0;
  Py_BEGIN_ALLOW_THREADS
  const unsigned char *bytes = view.buf;
  for (Py_ssize_t i = 0; i < view.len; i++) {
    fields += bytes[i] == separator;
  }
  Py_END_ALLOW_THREADS
  PyBuffer_Release(&view);
  Py_BEGIN_CRITICAL_SECTION(op);
  self->fields += fields;
  fields = self->fields;
  Py_END_CRITICAL_SECTION();
  return PyLong_FromUnsignedLong(fields);
}

static PyMethodDef counter_methods[] = {
    {"separator", counter_separator, METH_O, NULL},
    {"update", counter_update, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot counter_slots[] = {
    {Py_tp_methods, counter_methods},
    {0, NULL},
};

static PyType_Spec counter_spec = {
    .name = "locals_good.Counter",
    .basicsize = sizeof(Counter),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = counter_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&counter_spec);
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
    .m_name = "shared_state_while_detached_locals_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_shared_state_while_detached_locals_good(void) {
  return PyModuleDef_Init(&definition);
}
