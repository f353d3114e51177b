// Both steps are in one section on the dict, which all writers of the package take.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject_HEAD
  PyObject *names;
} Namespace;

static PyObject *namespace_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  Namespace *self = (Namespace *)type->tp_alloc(type, 0);
  if (self == NULL) {
    return NULL;
  }
  self->names = PyDict_New();
  if (self->names == NULL) {
    Py_DECREF(self);
    return NULL;
  }
  return (PyObject *)self;
}

static void namespace_dealloc(PyObject *op) {
  Namespace *self = (Namespace *)op;
  PyTypeObject *type = Py_TYPE(op);
  Py_XDECREF(self->names);
  type->tp_free(op);
  Py_DECREF(type);
}

static int define_lock_held(PyObject *names, PyObject *name) {
  int known = PyDict_Contains(names, name);
  return known != 0 ? known : PyDict_SetItem(names, name, Py_None);
}

static PyObject *namespace_define(Namespace *self, PyObject *name) {
  if (!PyUnicode_CheckExact(name)) {
    PyErr_SetString(PyExc_TypeError, "a name");
    return NULL;
  }
  int result;
  Py_BEGIN_CRITICAL_SECTION(self->names);
  result = define_lock_held(self->names, name);
  Py_END_CRITICAL_SECTION();
  return result < 0 ? NULL : PyBool_FromLong(result == 0);
}

static int namespace_contains(PyObject *op, PyObject *name) {
  return PyDict_Contains(((Namespace *)op)->names, name);
}

static PyMethodDef namespace_methods[] = {
    {"define", (PyCFunction)namespace_define, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot namespace_slots[] = {
    {Py_tp_new, namespace_new},
    {Py_tp_dealloc, namespace_dealloc},
    {Py_tp_methods, namespace_methods},
    {Py_sq_contains, namespace_contains},
    {0, NULL},
};

static PyType_Spec namespace_spec = {
    .name = "dict_locked.Namespace",
    .basicsize = sizeof(Namespace),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = namespace_slots,
};

static int module_exec(PyObject *module) {
  PyObject *type = PyType_FromSpec(&namespace_spec);
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
    .m_name = "check_then_act_dict_locked_good",
    .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_check_then_act_dict_locked_good(void) {
  return PyModuleDef_Init(&module_def);
}
