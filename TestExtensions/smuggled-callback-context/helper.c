// A helper stores the array and calls the sort.
#include <Python.h>
#include <stdlib.h>

static const double *keys;  // expect: smuggled-callback-context

static int by_key(const void *left, const void *right) {
  double a = keys[*(const int *)left], b = keys[*(const int *)right];
  return a < b ? -1 : a > b;
}

static void sort_by(const double *values, int *indices, size_t count) {
  keys = values;
  qsort(indices, count, sizeof(int), by_key);
}

static PyObject *order(PyObject *module, PyObject *args) {
  double values[3];
  int indices[3] = {0, 1, 2};
  if (!PyArg_ParseTuple(args, "ddd", values, values + 1, values + 2)) {
    return NULL;
  }
  sort_by(values, indices, 3);
  return Py_BuildValue("(iii)", indices[0], indices[1], indices[2]);
}

static PyMethodDef methods[] = {
    {"order", order, METH_VARARGS, NULL},
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
    .m_name = "smuggled_callback_context_helper",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_smuggled_callback_context_helper(void) {
  return PyModuleDef_Init(&definition);
}
