// A new tuple for each result.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  PyObject *iterator;
} Pairs;

static PyObject *pairs_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  PyObject *iterable;
  if (!PyArg_ParseTuple(args, "O", &iterable)) {
    return NULL;
  }
  PyObject *iterator = PyObject_GetIter(iterable);
  if (iterator == NULL) {
    return NULL;
  }
  Pairs *self = (Pairs *)type->tp_alloc(type, 0);
  if (self == NULL) {
    Py_DECREF(iterator);
    return NULL;
  }
  self->iterator = iterator;
  return (PyObject *)self;
}

static void pairs_dealloc(PyObject *object) {
  Pairs *self = (Pairs *)object;
  PyTypeObject *type = Py_TYPE(object);
  Py_XDECREF(self->iterator);
  type->tp_free(object);
  Py_DECREF(type);
}

static PyObject *pairs_next(PyObject *op) {
  PyObject *item = PyIter_Next(((Pairs *)op)->iterator);
  PyObject *result = item == NULL ? NULL : PyTuple_New(2);
  if (result == NULL) {
    Py_XDECREF(item);
    return NULL;
  }
  PyTuple_SET_ITEM(result, 0, Py_NewRef(Py_None));
  PyTuple_SET_ITEM(result, 1, item);
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "write_into_published_container_result_tuple_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_write_into_published_container_result_tuple_good(void) {
  return PyModuleDef_Init(&definition);
}
