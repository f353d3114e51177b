/* The shape of what mypyc writes, nothing of its text. */
#include <Python.h>

/* A build finds these in CPy.h. */
typedef Py_ssize_t CPyTagged;
static PyObject *CPyStatics[2];
static PyObject *CPyStatic_framework_mypyc_good___globals;

static PyObject *CPyPy_answer(PyObject *self, PyObject *const *args, size_t nargs, PyObject *kwnames) {
  CPyTagged result = 84;
  return PyLong_FromSsize_t(result >> 1);
}

static PyMethodDef framework_mypyc_goodmodule_methods[] = {
  {"answer", (PyCFunction)(void (*)(void))CPyPy_answer, METH_FASTCALL | METH_KEYWORDS, NULL},
  {NULL, NULL, 0, NULL}
};

static int CPyInit_globals(PyObject *module) {
  CPyStatics[0] = Py_None;
  CPyStatic_framework_mypyc_good___globals = PyModule_GetDict(module);
  return CPyStatic_framework_mypyc_good___globals == NULL ? -1 : 0;
}

static int framework_mypyc_good_exec(PyObject *module) {
  return CPyInit_globals(module);
}

static PyModuleDef_Slot framework_mypyc_goodmodule_slots[] = {
  {Py_mod_exec, framework_mypyc_good_exec},
#if PY_VERSION_HEX >= 0x030D0000
  {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
  {0, NULL}
};

static struct PyModuleDef framework_mypyc_goodmodule = {
  PyModuleDef_HEAD_INIT, "framework_mypyc_good", NULL, 0, framework_mypyc_goodmodule_methods, framework_mypyc_goodmodule_slots
};

PyMODINIT_FUNC PyInit_framework_mypyc_good(void) {
  return PyModuleDef_Init(&framework_mypyc_goodmodule);
}
