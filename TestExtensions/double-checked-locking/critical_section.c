// The lock is a critical section on the module, the object a list.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

static PyObject *plugins;  // expect: double-checked-locking

static PyObject *get_plugins(PyObject *module, PyObject *unused) {
  if (plugins == NULL) {
    Py_BEGIN_CRITICAL_SECTION(module);
    if (plugins == NULL) {
      plugins = PyList_New(0);
    }
    Py_END_CRITICAL_SECTION();
  }
  return Py_XNewRef(plugins);
}

static PyMethodDef methods[] = {
    {"get_plugins", get_plugins, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "double_checked_locking_critical_section",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_double_checked_locking_critical_section(void) {
  return PyModuleDef_Init(&definition);
}
