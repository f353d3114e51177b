// The section of the other object is in the function that reads it; the caller has one on its own.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#define Py_BEGIN_CRITICAL_SECTION2(one, two) {
#define Py_END_CRITICAL_SECTION2() }
#endif

typedef struct {
  PyObject_HEAD
  long version;
  double value;
} Setting;

static void setting_read(PyObject *op, long *version, double *value) {
  Setting *self = (Setting *)op;
  Py_BEGIN_CRITICAL_SECTION(op);  // expect: nested-critical-sections
  *version = self->version;
  *value = self->value;
  Py_END_CRITICAL_SECTION();
}

static PyObject *setting_merge(PyObject *op, PyObject *args) {
  Setting *self = (Setting *)op;
  PyObject *other;
  int changed = 0;
  if (!PyArg_ParseTuple(args, "O!", Py_TYPE(op), &other)) {
    return NULL;
  }
  Py_BEGIN_CRITICAL_SECTION(op);
  long mine = self->version, version;
  double value;
  setting_read(other, &version, &value);
  if (version > mine) {
    self->version = version;
    self->value = value;
    changed = 1;
  }
  Py_END_CRITICAL_SECTION();
  return PyBool_FromLong(changed);
}

static PyObject *setting_get(PyObject *op, PyObject *unused) {
  long version;
  double value;
  setting_read(op, &version, &value);
  return Py_BuildValue("ld", version, value);
}

static PyMethodDef setting_methods[] = {
    {"merge", setting_merge, METH_VARARGS, NULL},
    {"get", setting_get, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot setting_slots[] = {
    {Py_tp_methods, setting_methods},
    {0, NULL},
};

static PyType_Spec setting_spec = {
    .name = "callee_bad.Setting",
    .basicsize = sizeof(Setting),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = setting_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&setting_spec);
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
    .m_name = "nested_critical_sections_callee_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_nested_critical_sections_callee_bad(void) {
  return PyModuleDef_Init(&definition);
}
