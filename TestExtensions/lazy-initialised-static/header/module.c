// Two sources include the header; each has its own copy of the variable, and each copy is a
// cache.
#include <Python.h>
#include "cache.h"

PyObject *lazy_initialised_static_header_other(PyObject *module, PyObject *text);

static PyObject *compile_pattern(PyObject *module, PyObject *text) {
  PyObject *re = get_re();
  return re == NULL ? NULL : PyObject_CallMethod(re, "compile", "O", text);
}

static PyObject *escape(PyObject *module, PyObject *text) {
  return lazy_initialised_static_header_other(module, text);
}

static PyMethodDef methods[] = {
    {"compile_pattern", compile_pattern, METH_O, NULL},
    {"escape", escape, METH_O, NULL},
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
    .m_name = "lazy_initialised_static_header",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lazy_initialised_static_header(void) {
  return PyModuleDef_Init(&definition);
}
