// The lookup gives a strong reference, so nothing dangles; but two threads make the value twice.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000
static inline int PyDict_GetItemRef(PyObject *dict, PyObject *key, PyObject **result) {
  *result = Py_XNewRef(PyDict_GetItemWithError(dict, key));
  return *result != NULL ? 1 : PyErr_Occurred() ? -1 : 0;
}
#endif

typedef struct {
  PyObject_HEAD
  PyObject *locks;
} LockTable;

static PyObject *locktable_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  LockTable *self = (LockTable *)type->tp_alloc(type, 0);
  if (self == NULL) {
    return NULL;
  }
  self->locks = PyDict_New();
  if (self->locks == NULL) {
    Py_DECREF(self);
    return NULL;
  }
  return (PyObject *)self;
}

static void locktable_dealloc(PyObject *op) {
  LockTable *self = (LockTable *)op;
  PyTypeObject *type = Py_TYPE(op);
  Py_XDECREF(self->locks);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *locktable_subscript(PyObject *op, PyObject *key) {
  LockTable *self = (LockTable *)op;
  PyObject *lock;
  if (PyDict_GetItemRef(self->locks, key, &lock) != 0) {
    return lock;
  }
  lock = PyObject_CallNoArgs((PyObject *)&PyBaseObject_Type);
  if (lock != NULL && PyDict_SetItem(self->locks, key, lock) < 0) {  // expect: check-then-act
    Py_CLEAR(lock);
  }
  return lock;
}

static PyType_Slot locktable_slots[] = {
    {Py_tp_new, locktable_new},
    {Py_tp_dealloc, locktable_dealloc},
    {Py_mp_subscript, locktable_subscript},
    {0, NULL},
};

static PyType_Spec locktable_spec = {
    .name = "dict_getitemref.LockTable",
    .basicsize = sizeof(LockTable),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = locktable_slots,
};

static int module_exec(PyObject *module) {
  PyObject *type = PyType_FromSpec(&locktable_spec);
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
    .m_name = "check_then_act_dict_getitemref_bad",
    .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_check_then_act_dict_getitemref_bad(void) {
  return PyModuleDef_Init(&module_def);
}
