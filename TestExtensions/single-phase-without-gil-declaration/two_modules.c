// Two modules in one file share a helper; only the second is declared.
#include <Python.h>

static PyObject *answer(PyObject *module, PyObject *unused) {
  return PyLong_FromLong(42);
}

static PyMethodDef methods[] = {
    {"answer", answer, METH_NOARGS, "Return 42."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef first = {
    PyModuleDef_HEAD_INIT,
    .m_name = "single_phase_two_modules_a",
    .m_size = -1,
    .m_methods = methods,
};

static struct PyModuleDef second = {
    PyModuleDef_HEAD_INIT,
    .m_name = "single_phase_two_modules_b",
    .m_size = -1,
    .m_methods = methods,
};

static PyObject *create(struct PyModuleDef *definition) {
  return PyModule_Create(definition);
}

PyMODINIT_FUNC PyInit_single_phase_two_modules_a(void) {  // expect: single-phase-without-gil-declaration
  return create(&first);
}

PyMODINIT_FUNC PyInit_single_phase_two_modules_b(void) {
  PyObject *module = create(&second);
  if (module == NULL) {
    return NULL;
  }
#ifdef Py_GIL_DISABLED
  if (PyUnstable_Module_SetGIL(module, Py_MOD_GIL_NOT_USED) < 0) {
    Py_DECREF(module);
    return NULL;
  }
#endif
  return module;
}
