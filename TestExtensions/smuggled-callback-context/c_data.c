// No Python object, but the caller's array.
#include <Python.h>
#include <stdlib.h>

static const double *keys;  // expect: smuggled-callback-context

static int by_key(const void *left, const void *right) {
  double a = keys[*(const int *)left], b = keys[*(const int *)right];
  return a < b ? -1 : a > b;
}

static PyObject *order(PyObject *module, PyObject *args) {
  double values[3];
  int indices[3] = {0, 1, 2};
  if (!PyArg_ParseTuple(args, "ddd", values, values + 1, values + 2)) {
    return NULL;
  }
  keys = values;
  qsort(indices, 3, sizeof(int), by_key);
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
    .m_name = "smuggled_callback_context_c_data",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_smuggled_callback_context_c_data(void) {
  return PyModuleDef_Init(&definition);
}
