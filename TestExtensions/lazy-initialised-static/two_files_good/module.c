// The variable is defined and filled in cache.c, in a function that the exec function calls.
#include <Python.h>

extern PyObject *lazy_initialised_static_two_files_good_pickle;
int lazy_initialised_static_two_files_good_initialise(void);

static int exec_module(PyObject *module) {
  return lazy_initialised_static_two_files_good_initialise();
}

static PyObject *dumps(PyObject *module, PyObject *object) {
  return PyObject_CallMethod(lazy_initialised_static_two_files_good_pickle, "dumps", "O", object);
}

static PyMethodDef methods[] = {
    {"dumps", dumps, METH_O, NULL},
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
    .m_name = "lazy_initialised_static_two_files_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lazy_initialised_static_two_files_good(void) {
  return PyModuleDef_Init(&definition);
}
