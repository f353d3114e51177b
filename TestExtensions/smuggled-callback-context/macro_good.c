// A macro hands the array to 'qsort_r'.
#include <Python.h>
#include <stdlib.h>

#define SORT_WITH(context, array, count, compare) \
  qsort_r(array, count, sizeof(*(array)), compare, context)

static int by_key(const void *left, const void *right, void *context) {
  const double *keys = context;
  double a = keys[*(const int *)left], b = keys[*(const int *)right];
  return a < b ? -1 : a > b;
}

static PyObject *order(PyObject *module, PyObject *args) {
  double values[3];
  int indices[3] = {0, 1, 2};
  if (!PyArg_ParseTuple(args, "ddd", values, values + 1, values + 2)) {
    return NULL;
  }
  SORT_WITH(values, indices, 3, by_key);
  return Py_BuildValue("(iii)", indices[0], indices[1], indices[2]);
}

static PyMethodDef methods[] = {
    {"order", order, METH_VARARGS, NULL},
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
    .m_name = "smuggled_callback_context_macro_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_smuggled_callback_context_macro_good(void) {
  return PyModuleDef_Init(&definition);
}
