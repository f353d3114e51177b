// The variable is defined in cache.c and filled here.
#include <Python.h>

extern PyObject *lazy_initialised_static_two_files_pickle;
PyObject *lazy_initialised_static_two_files_load(PyObject *module, PyObject *bytes);

static PyObject *dumps(PyObject *module, PyObject *object) {
  if (lazy_initialised_static_two_files_pickle == NULL) {
    lazy_initialised_static_two_files_pickle = PyImport_ImportModule("pickle");
    if (lazy_initialised_static_two_files_pickle == NULL) {
      return NULL;
    }
  }
  return PyObject_CallMethod(lazy_initialised_static_two_files_pickle, "dumps", "O", object);
}

static PyObject *loads(PyObject *module, PyObject *bytes) {
  return lazy_initialised_static_two_files_load(module, bytes);
}

static PyMethodDef methods[] = {
    {"dumps", dumps, METH_O, NULL},
    {"loads", loads, METH_O, NULL},
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
    .m_name = "lazy_initialised_static_two_files",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lazy_initialised_static_two_files(void) {
  return PyModuleDef_Init(&definition);
}
