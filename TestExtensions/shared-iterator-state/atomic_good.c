// An atomic index past whose end nothing happens; the tuple lives as long as the iterator.
#include <Python.h>
#include <stdatomic.h>

typedef struct {
  PyObject_HEAD
  PyObject *items;
  atomic_llong index;
} Once;

static PyObject *once_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  Once *self = (Once *)type->tp_alloc(type, 0);
  if (self != NULL) {
    self->items = Py_NewRef(args);
    atomic_init(&self->index, 0);
  }
  return (PyObject *)self;
}

static int once_traverse(PyObject *op, visitproc visit, void *arg) {
  Py_VISIT(Py_TYPE(op));
  Py_VISIT(((Once *)op)->items);
  return 0;
}

static void once_dealloc(PyObject *op) {
  Once *self = (Once *)op;
  PyTypeObject *type = Py_TYPE(op);
  PyObject_GC_UnTrack(op);
  Py_CLEAR(self->items);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *once_iternext(PyObject *op) {
  Once *self = (Once *)op;
  long long index = atomic_load_explicit(&self->index, memory_order_relaxed);
  while (index < PyTuple_GET_SIZE(self->items)) {
    if (atomic_compare_exchange_weak(&self->index, &index, index + 1)) {
      return Py_NewRef(PyTuple_GET_ITEM(self->items, (Py_ssize_t)index));
    }
  }
  return NULL;
}

static PyObject *once_reduce(Once *self, PyObject *unused) {
  return Py_BuildValue("(OO)", Py_TYPE(self), self->items);
}

static PyMethodDef once_methods[] = {
    {"__reduce__", (PyCFunction)once_reduce, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot once_slots[] = {
    {Py_tp_new, once_new},
    {Py_tp_traverse, once_traverse},
    {Py_tp_dealloc, once_dealloc},
    {Py_tp_iter, PyObject_SelfIter},
    {Py_tp_iternext, once_iternext},
    {Py_tp_methods, once_methods},
    {0, NULL},
};

static PyType_Spec once_spec = {
    .name = "atomic.Once",
    .basicsize = sizeof(Once),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .slots = once_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&once_spec);
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
    .m_name = "shared_iterator_state_atomic_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_shared_iterator_state_atomic_good(void) {
  return PyModuleDef_Init(&definition);
}
