// The setter of an attribute that Python code can only write; deletion takes the other branch.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  PyObject *observer;  // expect: racy-field-replacement
} Source;

static void source_dealloc(PyObject *object) {
  Source *self = (Source *)object;
  PyTypeObject *type = Py_TYPE(object);
  Py_XDECREF(self->observer);
  type->tp_free(object);
  Py_DECREF(type);
}

static int source_set_observer(PyObject *op, PyObject *value, void *closure) {
  Source *self = (Source *)op;
  if (value == NULL || value == Py_None) {
    Py_CLEAR(self->observer);
    return 0;
  }
  if (!PyCallable_Check(value)) {
    PyErr_SetString(PyExc_TypeError, "a function");
    return -1;
  }
  PyObject *old = self->observer;
  self->observer = Py_NewRef(value);
  Py_XDECREF(old);
  return 0;
}

static PyGetSetDef source_getset[] = {
    {"observer", NULL, source_set_observer, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot source_slots[] = {
    {Py_tp_dealloc, source_dealloc},
    {Py_tp_getset, source_getset},
    {0, NULL},
};

static PyType_Spec source_spec = {
    .name = "setter.Source",
    .basicsize = sizeof(Source),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = source_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&source_spec);
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
    .m_name = "racy_field_replacement_setter",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_racy_field_replacement_setter(void) {
  return PyModuleDef_Init(&definition);
}
