// The table is defined in palette.c, changed here, and read there.
#include <Python.h>

extern unsigned two_files_palette[16];
unsigned two_files_nearest(unsigned colour);

static PyObject *set_colour(PyObject *module, PyObject *args) {
  unsigned index, colour;
  if (!PyArg_ParseTuple(args, "II", &index, &colour)) {
    return NULL;
  }
  two_files_palette[index % 16] = colour;
  Py_RETURN_NONE;
}

static PyObject *nearest(PyObject *module, PyObject *args) {
  unsigned colour;
  if (!PyArg_ParseTuple(args, "I", &colour)) {
    return NULL;
  }
  return PyLong_FromUnsignedLong(two_files_nearest(colour));
}

static PyMethodDef methods[] = {
    {"set_colour", set_colour, METH_VARARGS, NULL},
    {"nearest", nearest, METH_VARARGS, NULL},
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
    .m_name = "mutable_static_table_two_files",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_mutable_static_table_two_files(void) {
  return PyModuleDef_Init(&definition);
}
