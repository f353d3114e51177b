// Two files have a static 'palette' each: one is constant, the other one is filled on import.
#include <Python.h>

unsigned mutable_static_table_two_files_good_grey(unsigned index);

static unsigned palette[16];

static int exec_module(PyObject *module) {
  for (unsigned i = 0; i < 16; i++) {
    palette[i] = mutable_static_table_two_files_good_grey(i) << 4;
  }
  return 0;
}

static PyObject *colour(PyObject *module, PyObject *args) {
  unsigned index;
  if (!PyArg_ParseTuple(args, "I", &index)) {
    return NULL;
  }
  return PyLong_FromUnsignedLong(palette[index % 16]);
}

static PyMethodDef methods[] = {
    {"colour", colour, METH_VARARGS, NULL},
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
    .m_name = "mutable_static_table_two_files_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_mutable_static_table_two_files_good(void) {
  return PyModuleDef_Init(&definition);
}
