// The function that returns its buffer is in another file.
#include <Python.h>

const char *returned_static_storage_two_files_mask(const char *text);

static PyObject *mask(PyObject *module, PyObject *args) {
  const char *text;
  if (!PyArg_ParseTuple(args, "s", &text)) {
    return NULL;
  }
  return PyUnicode_FromString(returned_static_storage_two_files_mask(text));
}

static PyMethodDef methods[] = {
    {"mask", mask, METH_VARARGS, NULL},
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
    .m_name = "returned_static_storage_two_files",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_returned_static_storage_two_files(void) {
  return PyModuleDef_Init(&definition);
}
