/* The shape of what mypyc writes, nothing of its text. */
#include <Python.h>

/* A build finds these in CPy.h. */
typedef Py_ssize_t CPyTagged;
static PyObject *CPyStatics[2];
static PyObject *CPyStatic_framework_mypyc___globals;

static PyObject *CPyPy_answer(PyObject *self, PyObject *const *args, size_t nargs, PyObject *kwnames) {
  CPyTagged result = 84;
  return PyLong_FromSsize_t(result >> 1);
}

static PyMethodDef framework_mypycmodule_methods[] = {
  {"answer", (PyCFunction)(void (*)(void))CPyPy_answer, METH_FASTCALL | METH_KEYWORDS, NULL},
  {NULL, NULL, 0, NULL}
};

static int CPyInit_globals(PyObject *module) {
  CPyStatics[0] = Py_None;
  CPyStatic_framework_mypyc___globals = PyModule_GetDict(module);
  return CPyStatic_framework_mypyc___globals == NULL ? -1 : 0;
}

static PyObject *CPyModule_framework_mypyc_internal = NULL;

static struct PyModuleDef framework_mypycmodule = {
  PyModuleDef_HEAD_INIT, "framework_mypyc", NULL, -1, framework_mypycmodule_methods, NULL
};

PyMODINIT_FUNC PyInit_framework_mypyc(void) {  // expect: framework-opt-in-missing
  if (CPyModule_framework_mypyc_internal) {
    Py_INCREF(CPyModule_framework_mypyc_internal);
    return CPyModule_framework_mypyc_internal;
  }
  CPyModule_framework_mypyc_internal = PyModule_Create(&framework_mypycmodule);
  if (CPyModule_framework_mypyc_internal == NULL || CPyInit_globals(CPyModule_framework_mypyc_internal) < 0) return NULL;
  return CPyModule_framework_mypyc_internal;
}
