// The tuple of the last result is used again when nobody seems to have it: two threads can both see
// the count of one.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  PyObject *iterator;
  PyObject *result;
} Pairs;

static PyObject *pairs_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  PyObject *iterable;
  if (!PyArg_ParseTuple(args, "O", &iterable)) {
    return NULL;
  }
  Pairs *self = (Pairs *)type->tp_alloc(type, 0);
  if (self == NULL) {
    return NULL;
  }
  self->iterator = PyObject_GetIter(iterable);
  self->result = PyTuple_Pack(2, Py_None, Py_None);
  if (self->iterator == NULL || self->result == NULL) {
    Py_DECREF(self);
    return NULL;
  }
  return (PyObject *)self;
}

static void pairs_dealloc(PyObject *object) {
  Pairs *self = (Pairs *)object;
  PyTypeObject *type = Py_TYPE(object);
  Py_XDECREF(self->iterator);
  Py_XDECREF(self->result);
  type->tp_free(object);
  Py_DECREF(type);
}

static PyObject *pairs_next(PyObject *op) {
  Pairs *self = (Pairs *)op;
  PyObject *result = self->result;
  PyObject *item = PyIter_Next(self->iterator);
  if (item == NULL) {
    return NULL;
  }
  if (Py_REFCNT(result) == 1) {  // expect: refcount-is-one
    Py_INCREF(result);
    PyObject *old = PyTuple_GET_ITEM(result, 1);
    PyTuple_SET_ITEM(result, 1, item);  // expect: write-into-published-container
    Py_DECREF(old);
    return result;
  }
  result = PyTuple_Pack(2, Py_None, item);
  Py_DECREF(item);
  return result;
}

static PyType_Slot pairs_slots[] = {
    {Py_tp_new, pairs_new},
    {Py_tp_dealloc, pairs_dealloc},
    {Py_tp_iter, PyObject_SelfIter},
    {Py_tp_iternext, pairs_next},
    {0, NULL},
};

static PyType_Spec pairs_spec = {
    .name = "result_tuple.Pairs",
    .basicsize = sizeof(Pairs),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = pairs_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&pairs_spec);
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
    .m_name = "write_into_published_container_result_tuple",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_write_into_published_container_result_tuple(void) {
  return PyModuleDef_Init(&definition);
}
