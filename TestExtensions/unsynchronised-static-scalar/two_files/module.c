// Defined here, changed in log.c, read here.
#include <Python.h>

int unsynchronised_static_scalar_two_files_level = 20;  // expect: unsynchronised-static-scalar

void unsynchronised_static_scalar_two_files_set_level(int level);

static PyObject *set_level(PyObject *module, PyObject *level) {
  long value = PyLong_AsLong(level);
  if (value == -1 && PyErr_Occurred()) {
    return NULL;
  }
  unsynchronised_static_scalar_two_files_set_level((int)value);
  Py_RETURN_NONE;
}

static PyObject *enabled(PyObject *module, PyObject *level) {
  return PyBool_FromLong(PyLong_AsLong(level) >= unsynchronised_static_scalar_two_files_level);
}

static PyMethodDef methods[] = {
    {"set_level", set_level, METH_O, NULL},
    {"enabled", enabled, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "unsynchronised_static_scalar_two_files",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unsynchronised_static_scalar_two_files(void) {
  return PyModuleDef_Init(&definition);
}
