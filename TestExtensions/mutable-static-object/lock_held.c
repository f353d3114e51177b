// A helper that wants the module's critical section; one of two callers forgets it.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

static PyObject *theme;  // expect: mutable-static-object

static PyObject *theme_lock_held(PyObject *value) {
  PyObject *old = theme;
  theme = Py_XNewRef(value);
  return old;
}

static PyObject *set_theme(PyObject *module, PyObject *value) {
  PyObject *old;
  Py_BEGIN_CRITICAL_SECTION(module);
  old = theme_lock_held(value);
  Py_END_CRITICAL_SECTION();
  return old != NULL ? old : Py_NewRef(Py_None);
}

static PyObject *drop_theme(PyObject *module, PyObject *unused) {
  PyObject *old = theme_lock_held(NULL);
  return old != NULL ? old : Py_NewRef(Py_None);
}

static PyObject *get_theme(PyObject *module, PyObject *unused) {
  PyObject *value;
  Py_BEGIN_CRITICAL_SECTION(module);
  value = Py_NewRef(theme != NULL ? theme : Py_None);
  Py_END_CRITICAL_SECTION();
  return value;
}

static PyMethodDef methods[] = {
    {"set_theme", set_theme, METH_O, NULL},
    {"drop_theme", drop_theme, METH_NOARGS, NULL},
    {"get_theme", get_theme, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "mutable_static_object_lock_held",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_mutable_static_object_lock_held(void) {
  return PyModuleDef_Init(&definition);
}
