// A cache that is filled by a function that only the init function calls, a level down.
#include <Python.h>

static PyObject *zero;
static PyObject *unit;

static int make(PyObject **cache, double value) {
  if (*cache == NULL) {
    *cache = PyComplex_FromDoubles(value, 0);
  }
  return *cache == NULL ? -1 : 0;
}

static int make_constants(void) {
  return make(&zero, 0) < 0 || make(&unit, 1) < 0 ? -1 : 0;
}

static PyObject *get_zero(PyObject *module, PyObject *unused) {
  return Py_NewRef(zero);
}

static PyObject *get_unit(PyObject *module, PyObject *unused) {
  return Py_NewRef(unit);
}

static PyMethodDef methods[] = {
    {"zero", get_zero, METH_NOARGS, NULL},
    {"unit", get_unit, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "lazy_initialised_static_single_phase_good",
    .m_size = -1,
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit_lazy_initialised_static_single_phase_good(void) {
  if (make_constants() < 0) {
    return NULL;
  }
  PyObject *module = PyModule_Create(&definition);
#ifdef Py_GIL_DISABLED
  if (module != NULL) {
    PyUnstable_Module_SetGIL(module, Py_MOD_GIL_NOT_USED);
  }
#endif
  return module;
}
