// The type is its own iterator only in name: next computes from what does not change.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  PyObject *value;
  Py_ssize_t times;
} Constant;

static PyObject *constant_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  PyObject *value;
  Py_ssize_t times = 2;
  if (!PyArg_ParseTuple(args, "U|n:Constant", &value, &times)) {
    return NULL;
  }
  Constant *self = (Constant *)type->tp_alloc(type, 0);
  if (self != NULL) {
    self->value = Py_NewRef(value);
    self->times = times;
  }
  return (PyObject *)self;
}

static void constant_dealloc(PyObject *op) {
  Constant *self = (Constant *)op;
  PyTypeObject *type = Py_TYPE(op);
  Py_XDECREF(self->value);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *constant_iternext(PyObject *op) {
  const Constant *self = (Constant *)op;
  Constant cursor = {.times = self->times};
  PyObject *result = PyUnicode_FromString("");
  while (result != NULL && cursor.times > 0) {
    cursor.times--;
    PyUnicode_Append(&result, self->value);
  }
  return result;
}

static PyType_Slot constant_slots[] = {
    {Py_tp_new, constant_new},
    {Py_tp_dealloc, constant_dealloc},
    {Py_tp_iter, PyObject_SelfIter},
    {Py_tp_iternext, constant_iternext},
    {0, NULL},
};

static PyType_Spec constant_spec = {
    .name = "stateless.Constant",
    .basicsize = sizeof(Constant),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = constant_slots,
};

static int add_types(PyObject *module) {
  PyObject *type = PyType_FromSpec(&constant_spec);
  if (type == NULL) {
    return -1;
  }
  int result = PyModule_AddType(module, (PyTypeObject *)type);
  Py_DECREF(type);
  return result;
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, add_types},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef moduledef = {
    PyModuleDef_HEAD_INIT,
    .m_name = "shared_iterator_state_stateless_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_shared_iterator_state_stateless_good(void) {
  return PyModuleDef_Init(&moduledef);
}
