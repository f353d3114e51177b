// The comparator is in compare.c, and its context is an argument.
#include <Python.h>
#include <stdlib.h>

int two_files_good_compare(const void *left, const void *right, void *function);

static PyObject *smaller(PyObject *module, PyObject *args) {
  PyObject *pair[2], *function;
  if (!PyArg_ParseTuple(args, "OOO", &pair[0], &pair[1], &function)) {
    return NULL;
  }
  qsort_r(pair, 2, sizeof(PyObject *), two_files_good_compare, function);
  return PyErr_Occurred() ? NULL : Py_NewRef(pair[0]);
}

static PyMethodDef methods[] = {
    {"smaller", smaller, METH_VARARGS, NULL},
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
    .m_name = "smuggled_callback_context_two_files_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_smuggled_callback_context_two_files_good(void) {
  return PyModuleDef_Init(&definition);
}
