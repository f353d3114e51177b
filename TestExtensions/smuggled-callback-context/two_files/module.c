// The comparator is in compare.c; this file stores the object that it calls.
#include <Python.h>
#include <stdlib.h>

extern PyObject *two_files_key;
int two_files_compare(const void *left, const void *right);

static PyObject *smaller(PyObject *module, PyObject *args) {
  PyObject *pair[2], *function;
  if (!PyArg_ParseTuple(args, "OOO", &pair[0], &pair[1], &function)) {
    return NULL;
  }
  two_files_key = function;
  qsort(pair, 2, sizeof(PyObject *), two_files_compare);
  two_files_key = NULL;
  return PyErr_Occurred() ? NULL : Py_NewRef(pair[0]);
}

static PyMethodDef methods[] = {
    {"smaller", smaller, METH_VARARGS, NULL},
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
    .m_name = "smuggled_callback_context_two_files",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_smuggled_callback_context_two_files(void) {
  return PyModuleDef_Init(&definition);
}
