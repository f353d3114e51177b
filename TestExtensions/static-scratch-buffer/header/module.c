// An inline function of a header has a static buffer.
#include <Python.h>
#include "fold.h"

static PyObject *palindrome(PyObject *module, PyObject *text) {
  const char *data = PyUnicode_AsUTF8(text);
  return data == NULL ? NULL : PyBool_FromLong(is_palindrome(data));
}

static PyMethodDef methods[] = {
    {"palindrome", palindrome, METH_O, NULL},
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
    .m_name = "static_scratch_buffer_header",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_scratch_buffer_header(void) {
  return PyModuleDef_Init(&definition);
}
