// Two threads see the last token, and both take it.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  int capacity;
  int tokens;  // expect: check-then-act
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
  if (self->tokens > 0) {
    self->tokens--;
    Py_RETURN_TRUE;
  }
  Py_RETURN_FALSE;
}

static PyObject *bucket_give(Bucket *self, PyObject *unused) {
  if (self->tokens == self->capacity) {
    PyErr_SetString(PyExc_ValueError, "the bucket is full");
    return NULL;
  }
  self->tokens++;
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
    .name = "bad.Bucket",
    .basicsize = sizeof(Bucket),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = bucket_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&bucket_spec);
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
    .m_name = "check_then_act_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_check_then_act_bad(void) {
  return PyModuleDef_Init(&definition);
}
