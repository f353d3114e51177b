// Test, store and the new reference are in one critical section on the module.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

static PyObject *history;

static PyObject *get_history(PyObject *module, PyObject *unused) {
  PyObject *result;
  Py_BEGIN_CRITICAL_SECTION(module);
  if (history == NULL) {
    history = PyList_New(0);
  }
  result = Py_XNewRef(history);
  Py_END_CRITICAL_SECTION();
  return result;
}

static PyMethodDef methods[] = {
    {"get_history", get_history, METH_NOARGS, NULL},
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
    .m_name = "lazy_initialised_static_critical_section_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lazy_initialised_static_critical_section_good(void) {
  return PyModuleDef_Init(&definition);
}
