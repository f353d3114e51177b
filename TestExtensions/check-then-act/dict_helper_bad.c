// Both halves are in helpers, and the dict is a field that is never replaced.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  PyObject *cache;
} Interner;

static int is_known(Interner *self, PyObject *key) {
  return PyDict_Contains(self->cache, key);
}

static int remember(Interner *self, PyObject *key) {
  PyObject *number = PyLong_FromSsize_t(PyDict_Size(self->cache));
  if (number == NULL) {
    return -1;
  }
  int result = PyDict_SetItem(self->cache, key, number);  // expect: check-then-act
  Py_DECREF(number);
  return result;
}

static PyObject *interner_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  Interner *self = (Interner *)type->tp_alloc(type, 0);
  if (self == NULL) {
    return NULL;
  }
  self->cache = PyDict_New();
  if (self->cache == NULL) {
    Py_DECREF(self);
    return NULL;
  }
  return (PyObject *)self;
}

static void interner_dealloc(PyObject *op) {
  Interner *self = (Interner *)op;
  PyTypeObject *type = Py_TYPE(op);
  Py_XDECREF(self->cache);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *interner_add(Interner *self, PyObject *key) {
  int known = is_known(self, key);
  if (known == 0) {
    known = remember(self, key);
  }
  if (known < 0) {
    return NULL;
  }
  Py_RETURN_NONE;
}

static PyObject *interner_number(Interner *self, PyObject *key) {
  return PyObject_GetItem(self->cache, key);
}

static PyMethodDef interner_methods[] = {
    {"add", (PyCFunction)interner_add, METH_O, NULL},
    {"number", (PyCFunction)interner_number, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot interner_slots[] = {
    {Py_tp_new, interner_new},
    {Py_tp_dealloc, interner_dealloc},
    {Py_tp_methods, interner_methods},
    {0, NULL},
};

static PyType_Spec interner_spec = {
    .name = "dict_helper.Interner",
    .basicsize = sizeof(Interner),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = interner_slots,
};

static int add_types(PyObject *module) {
  PyObject *type = PyType_FromSpec(&interner_spec);
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
    .m_name = "check_then_act_dict_helper_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_check_then_act_dict_helper_bad(void) {
  return PyModuleDef_Init(&moduledef);
}
