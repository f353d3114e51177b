// The samples of the object come from PyMem, but the method that makes room for more gives them to free.
#include <Python.h>
#include <stdlib.h>
#include <string.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject_HEAD
  double *samples;
  Py_ssize_t used, capacity;
} Recorder;

static PyObject *recorder_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  Recorder *self = (Recorder *)type->tp_alloc(type, 0);
  if (self == NULL) {
    return NULL;
  }
  self->capacity = 16;
  self->samples = PyMem_Calloc(self->capacity, sizeof(double));
  if (self->samples == NULL) {
    Py_DECREF(self);
    return PyErr_NoMemory();
  }
  return (PyObject *)self;
}

static void recorder_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  PyMem_Free(((Recorder *)op)->samples);
  type->tp_free(op);
  Py_DECREF(type);
}

static int recorder_grow(Recorder *self) {
  Py_ssize_t capacity = 2 * self->capacity;
  double *grown = PyMem_New(double, capacity);
  if (grown == NULL) {
    return -1;
  }
  memcpy(grown, self->samples, self->used * sizeof(double));
  free(self->samples);  // expect: allocator-domain
  self->samples = grown;
  self->capacity = capacity;
  return 0;
}

static PyObject *recorder_add(PyObject *op, PyObject *number) {
  Recorder *self = (Recorder *)op;
  double value = PyFloat_AsDouble(number);
  if (value == -1.0 && PyErr_Occurred()) {
    return NULL;
  }
  int failed;
  Py_BEGIN_CRITICAL_SECTION(op);
  failed = self->used == self->capacity && recorder_grow(self) < 0;
  if (!failed) {
    self->samples[self->used++] = value;
  }
  Py_END_CRITICAL_SECTION();
  return failed ? PyErr_NoMemory() : Py_NewRef(Py_None);
}

static PyMethodDef recorder_methods[] = {
    {"add", recorder_add, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot recorder_slots[] = {
    {Py_tp_new, recorder_new},
    {Py_tp_dealloc, recorder_dealloc},
    {Py_tp_methods, recorder_methods},
    {0, NULL},
};

static PyType_Spec recorder_spec = {
    .name = "field_bad.Recorder",
    .basicsize = sizeof(Recorder),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = recorder_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&recorder_spec);
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
    .m_name = "allocator_domain_field_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_allocator_domain_field_bad(void) {
  return PyModuleDef_Init(&definition);
}
