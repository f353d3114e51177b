// A single-phase module whose declaration stands behind a guard that never holds.
#include <Python.h>

static PyObject *answer(PyObject *module, PyObject *unused) {
  return PyLong_FromLong(42);
}

static PyMethodDef methods[] = {
    {"answer", answer, METH_NOARGS, "Return 42."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "gil_ineffective_setgil_never_true_guard",
    .m_size = -1,
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit_gil_ineffective_setgil_never_true_guard(void) {
  PyObject *module = PyModule_Create(&definition);
  if (module == NULL) {
    return NULL;
  }
#ifdef Py_NOGIL
  PyUnstable_Module_SetGIL(module, Py_MOD_GIL_NOT_USED);  // expect: gil-declaration-ineffective
#endif
  return module;
}
