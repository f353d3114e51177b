// The helper locks the object that its caller has locked: the interpreter sees that and goes on.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject_HEAD
  long long used, limit;
} Quota;

static long long quota_left(PyObject *op) {
  Quota *self = (Quota *)op;
  long long left;
  Py_BEGIN_CRITICAL_SECTION(op);
  left = self->limit - self->used;
  Py_END_CRITICAL_SECTION();
  return left;
}

static PyObject *quota_take(PyObject *op, PyObject *number) {
  Quota *self = (Quota *)op;
  long long wanted = PyLong_AsLongLong(number);
  if (wanted == -1 && PyErr_Occurred()) {
    return NULL;
  }
  int granted = 0;
  Py_BEGIN_CRITICAL_SECTION(op);
  if (quota_left(op) >= wanted) {
    self->used += wanted;
    granted = 1;
  }
  Py_END_CRITICAL_SECTION();
  return PyBool_FromLong(granted);
}

static PyObject *quota_raise(PyObject *op, PyObject *number) {
  long long more = PyLong_AsLongLong(number);
  if (more == -1 && PyErr_Occurred()) {
    return NULL;
  }
  Py_BEGIN_CRITICAL_SECTION(op);
  ((Quota *)op)->limit += more;
  Py_END_CRITICAL_SECTION();
  return PyLong_FromLongLong(quota_left(op));
}

static PyMethodDef quota_methods[] = {
    {"take", quota_take, METH_O, NULL},
    {"raise_limit", quota_raise, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot quota_slots[] = {
    {Py_tp_methods, quota_methods},
    {0, NULL},
};

static PyType_Spec quota_spec = {
    .name = "same_object_good.Quota",
    .basicsize = sizeof(Quota),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = quota_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&quota_spec);
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
    .m_name = "nested_critical_sections_same_object_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_nested_critical_sections_same_object_good(void) {
  return PyModuleDef_Init(&definition);
}
