// Of two callers, one locks.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

static PyObject *option(PyObject *options, const char *name) {  // expect: helper-returns-borrowed
  PyObject *value = PyDict_GetItemString(options, name);
  return value != NULL ? value : Py_None;
}

static PyObject *width(PyObject *module, PyObject *options) {
  PyObject *value;
  Py_BEGIN_CRITICAL_SECTION(options);
  value = Py_NewRef(option(options, "width"));
  Py_END_CRITICAL_SECTION();
  return value;
}

static PyObject *height(PyObject *module, PyObject *options) {
  return Py_NewRef(option(options, "height"));
}

static PyMethodDef methods[] = {
    {"width", width, METH_O, NULL},
    {"height", height, METH_O, NULL},
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
    .m_name = "helper_returns_borrowed_one_caller",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_helper_returns_borrowed_one_caller(void) {
  return PyModuleDef_Init(&definition);
}
