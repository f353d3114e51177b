// The section is on another name of the object, as Cython writes it; the name is used again later.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject_HEAD
  long level;
} Gauge;

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef int PyCriticalSection;
#define PyCriticalSection_Begin(section, object) ((void)(section))
#define PyCriticalSection_End(section) ((void)(section))
#endif

static PyObject *gauge_get(Gauge *self, PyObject *unused) {
  PyObject *name = NULL;
  PyObject *result = NULL;
  PyCriticalSection section;
  name = (PyObject *)self;
  Py_INCREF(name);
  PyCriticalSection_Begin(&section, name);
  // expect-wrong: two-objects-one-lock  the name of the locked object is used again for another
  result = PyLong_FromLong(self->level);
  PyCriticalSection_End(&section);
  Py_DECREF(name);
  name = PyLong_FromLong(3);
  Py_XDECREF(name);
  return result;
}

static PyObject *gauge_set(Gauge *self, PyObject *arg) {
  long level = PyLong_AsLong(arg);
  if (level == -1 && PyErr_Occurred()) {
    return NULL;
  }
  Py_BEGIN_CRITICAL_SECTION(self);
  self->level = level;
  Py_END_CRITICAL_SECTION();
  Py_RETURN_NONE;
}

static void gauge_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyMethodDef gauge_methods[] = {
    {"get", (PyCFunction)gauge_get, METH_NOARGS, NULL},
    {"set", (PyCFunction)gauge_set, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot gauge_slots[] = {
    {Py_tp_dealloc, gauge_dealloc},
    {Py_tp_methods, gauge_methods},
    {0, NULL},
};

static PyType_Spec gauge_spec = {
    .name = "two_objects_one_lock_section_on_alias_good.Gauge",
    .basicsize = sizeof(Gauge),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = gauge_slots,
};

static int module_exec(PyObject *module) {
  PyObject *type = PyType_FromSpec(&gauge_spec);
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
    // expect-wrong: declared-safe-but-hazardous  there is no hazard
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "two_objects_one_lock_section_on_alias_good",
    .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_two_objects_one_lock_section_on_alias_good(void) {
  return PyModuleDef_Init(&module_def);
}
