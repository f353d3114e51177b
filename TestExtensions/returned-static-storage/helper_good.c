// What is returned is a constant, or an entry of a table that is filled on import.
#include <Python.h>
#include <stdio.h>

static char labels[4][16];

static int exec_module(PyObject *module) {
  for (int i = 0; i < 4; i++) {
    snprintf(labels[i], sizeof(labels[i]), "column %d", i);
  }
  return 0;
}

static const char *label(unsigned long index) {
  static const char none[] = "no column";
  return index < 4 ? labels[index] : none;
}

static PyObject *column(PyObject *module, PyObject *index) {
  unsigned long i = PyLong_AsUnsignedLong(index);
  if (PyErr_Occurred()) {
    return NULL;
  }
  return PyUnicode_FromString(label(i));
}

static PyMethodDef methods[] = {
    {"column", column, METH_O, NULL},
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
    .m_name = "returned_static_storage_helper_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_returned_static_storage_helper_good(void) {
  return PyModuleDef_Init(&definition);
}
