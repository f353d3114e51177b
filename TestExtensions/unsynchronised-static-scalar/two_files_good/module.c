// Defined here, set in options.c from the environment when the module is imported.
#include <Python.h>

int unsynchronised_static_scalar_two_files_good_level = 20;

void unsynchronised_static_scalar_two_files_good_read_environment(void);

static int exec_module(PyObject *module) {
  unsynchronised_static_scalar_two_files_good_read_environment();
  return 0;
}

static PyObject *enabled(PyObject *module, PyObject *level) {
  return PyBool_FromLong(PyLong_AsLong(level) >= unsynchronised_static_scalar_two_files_good_level);
}

static PyMethodDef methods[] = {
    {"enabled", enabled, METH_O, NULL},
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
    .m_name = "unsynchronised_static_scalar_two_files_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unsynchronised_static_scalar_two_files_good(void) {
  return PyModuleDef_Init(&definition);
}
