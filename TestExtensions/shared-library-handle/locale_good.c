// A locale object is immutable; functions that take one only read it.
#include <Python.h>
#include <locale.h>
#include <stdlib.h>

static locale_t c_locale;

static int exec_module(PyObject *module) {
  c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
  if (c_locale == (locale_t)0) {
    PyErr_SetFromErrno(PyExc_OSError);
    return -1;
  }
  return 0;
}

static PyObject *to_number(PyObject *module, PyObject *args) {
  const char *text;
  if (!PyArg_ParseTuple(args, "s", &text)) {
    return NULL;
  }
  return PyFloat_FromDouble(strtod_l(text, NULL, c_locale));
}

static PyMethodDef methods[] = {
    {"to_number", to_number, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "shared_library_handle_locale_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_shared_library_handle_locale_good(void) {
  return PyModuleDef_Init(&definition);
}
