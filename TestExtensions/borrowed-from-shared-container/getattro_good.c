// The same look-up with a strong reference.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000
static inline int PyDict_GetItemRef(PyObject *dict, PyObject *key, PyObject **value) {
  *value = Py_XNewRef(PyDict_GetItemWithError(dict, key));
  return *value != NULL ? 1 : PyErr_Occurred() ? -1 : 0;
}
#endif

typedef struct {
  PyObject_HEAD
  PyObject *values;
} Namespace;

static PyObject *namespace_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  Namespace *self = (Namespace *)type->tp_alloc(type, 0);
  if (self != NULL && (self->values = PyDict_New()) == NULL) {
    Py_CLEAR(self);
  }
  return (PyObject *)self;
}

static void namespace_dealloc(PyObject *object) {
  Namespace *self = (Namespace *)object;
  PyTypeObject *type = Py_TYPE(object);
  Py_XDECREF(self->values);
  type->tp_free(object);
  Py_DECREF(type);
}

static int namespace_setattro(PyObject *op, PyObject *name, PyObject *value) {
  Namespace *self = (Namespace *)op;
  if (value == NULL) {
    return PyDict_DelItem(self->values, name);
  }
  return PyDict_SetItem(self->values, name, value);
}

static PyObject *namespace_getattro(PyObject *op, PyObject *name) {
  Namespace *self = (Namespace *)op;
  PyObject *value;
  if (PyDict_GetItemRef(self->values, name, &value) != 0) {
    return value;
  }
  return PyObject_GenericGetAttr(op, name);
}

static PyType_Slot namespace_slots[] = {
    {Py_tp_new, namespace_new},
    {Py_tp_dealloc, namespace_dealloc},
    {Py_tp_getattro, namespace_getattro},
    {Py_tp_setattro, namespace_setattro},
    {0, NULL},
};

static PyType_Spec namespace_spec = {
    .name = "getattro.Namespace",
    .basicsize = sizeof(Namespace),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = namespace_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&namespace_spec);
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
    .m_name = "borrowed_from_shared_container_getattro_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_getattro_good(void) {
  return PyModuleDef_Init(&definition);
}
