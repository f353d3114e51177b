// A table of functions that the exec function calls one after the other; each fills its own
// cache.
#include <Python.h>

static PyObject *one_half;
static PyObject *names;

static int make_half(void) {
  if (one_half == NULL) {
    one_half = PyFloat_FromDouble(0.5);
  }
  return one_half == NULL ? -1 : 0;
}

static int make_names(void) {
  if (names == NULL) {
    names = Py_BuildValue("(ss)", "low", "high");
  }
  return names == NULL ? -1 : 0;
}

static int (*const initialisers[])(void) = {make_half, make_names};

static int exec_module(PyObject *module) {
  for (size_t i = 0; i < sizeof(initialisers) / sizeof(initialisers[0]); i++) {
    if (initialisers[i]() < 0) {
      return -1;
    }
  }
  return 0;
}

static PyObject *half(PyObject *module, PyObject *unused) {
  return Py_NewRef(one_half);
}

static PyObject *levels(PyObject *module, PyObject *unused) {
  return Py_NewRef(names);
}

static PyMethodDef methods[] = {
    {"half", half, METH_NOARGS, NULL},
    {"levels", levels, METH_NOARGS, NULL},
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
    .m_name = "lazy_initialised_static_init_table_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lazy_initialised_static_init_table_good(void) {
  return PyModuleDef_Init(&definition);
}
