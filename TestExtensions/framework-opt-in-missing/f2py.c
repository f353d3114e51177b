/* File: framework_f2pymodule.c
 * This file is auto-generated with f2py (version:2.1.0).
 * The shape of what f2py writes, nothing of its text.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyObject *framework_f2py_error;
static PyObject *framework_f2py_module;

static PyObject *f2py_rout_framework_f2py_answer(PyObject *self, PyObject *args) {
  return PyLong_FromLong(42);
}

static PyMethodDef f2py_module_methods[] = {
  {"answer", f2py_rout_framework_f2py_answer, METH_NOARGS, NULL},
  {NULL, NULL, 0, NULL}
};

static struct PyModuleDef moduledef = {
  PyModuleDef_HEAD_INIT,
  "framework_f2py",
  NULL,
  -1,
  f2py_module_methods,
  NULL,
  NULL,
  NULL,
  NULL
};

PyMODINIT_FUNC PyInit_framework_f2py(void) {  // expect: framework-opt-in-missing
  PyObject *m, *d;
  m = framework_f2py_module = PyModule_Create(&moduledef);
  if (m == NULL) return NULL;
  d = PyModule_GetDict(m);
  framework_f2py_error = PyErr_NewException("framework_f2py.error", NULL, NULL);
  PyDict_SetItemString(d, "_framework_f2py_error", framework_f2py_error);
#ifdef Py_GIL_DISABLED
  PyUnstable_Module_SetGIL(m, Py_MOD_GIL_USED);
#endif
  return m;
}
