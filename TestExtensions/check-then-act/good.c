// The question and the step that depends on its answer are in one section.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject_HEAD
  int capacity;
  int tokens;
} Bucket;

static PyObject *bucket_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  int capacity;
  if (!PyArg_ParseTuple(args, "i:Bucket", &capacity)) {
    return NULL;
  }
  Bucket *self = (Bucket *)type->tp_alloc(type, 0);
  if (self != NULL) {
    self->capacity = capacity;
    self->tokens = capacity;
  }
  return (PyObject *)self;
}

static void bucket_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *bucket_take(Bucket *self, PyObject *unused) {
  int taken = 0;
  Py_BEGIN_CRITICAL_SECTION(self);
  if (self->tokens > 0) {
    self->tokens--;
    taken = 1;
  }
  Py_END_CRITICAL_SECTION();
  return PyBool_FromLong(taken);
}

static PyObject *bucket_give(Bucket *self, PyObject *unused) {
  int full;
  Py_BEGIN_CRITICAL_SECTION(self);
  full = self->tokens == self->capacity;
  if (!full) {
    self->tokens++;
  }
  Py_END_CRITICAL_SECTION();
  if (full) {
    PyErr_SetString(PyExc_ValueError, "the bucket is full");
    return NULL;
  }
  Py_RETURN_NONE;
}

static PyMethodDef bucket_methods[] = {
    {"take", (PyCFunction)bucket_take, METH_NOARGS, NULL},
    {"give", (PyCFunction)bucket_give, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot bucket_slots[] = {
    {Py_tp_new, bucket_new},
    {Py_tp_dealloc, bucket_dealloc},
    {Py_tp_methods, bucket_methods},
    {0, NULL},
};

static PyType_Spec bucket_spec = {
    .name = "good.Bucket",
    .basicsize = sizeof(Bucket),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = bucket_slots,
};

static int module_exec(PyObject *module) {
  PyObject *type = PyType_FromSpec(&bucket_spec);
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
    .m_name = "check_then_act_good",
    .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_check_then_act_good(void) {
  return PyModuleDef_Init(&module_def);
}
