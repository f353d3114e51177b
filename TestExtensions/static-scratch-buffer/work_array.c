// A work array for a numerical routine, as translated Fortran has it.
#include <Python.h>

#define MAXIMUM 32

static double solve(const double *diagonal, const double *right, int size) {
  static double work[MAXIMUM];  // expect: static-scratch-buffer
  static double result[MAXIMUM];  // expect: static-scratch-buffer
  work[0] = 1 / diagonal[0];
  result[0] = right[0] * work[0];
  for (int i = 1; i < size; i++) {
    work[i] = 1 / (diagonal[i] - work[i - 1]);
    result[i] = (right[i] - result[i - 1]) * work[i];
  }
  return result[size - 1];
}

static PyObject *last(PyObject *module, PyObject *args) {
  double diagonal[2], right[2];
  if (!PyArg_ParseTuple(args, "(dd)(dd)", diagonal, diagonal + 1, right, right + 1)) {
    return NULL;
  }
  return PyFloat_FromDouble(solve(diagonal, right, 2));
}

static PyMethodDef methods[] = {
    {"last", last, METH_VARARGS, NULL},
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
    .m_name = "static_scratch_buffer_work_array",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_scratch_buffer_work_array(void) {
  return PyModuleDef_Init(&definition);
}
