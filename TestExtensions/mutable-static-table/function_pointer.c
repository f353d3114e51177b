// The function to use is chosen by a call.
#include <Python.h>

typedef double (*norm_function)(double, double);

static double sum_norm(double x, double y) { return (x < 0 ? -x : x) + (y < 0 ? -y : y); }
static double square_norm(double x, double y) { return x * x + y * y; }

static norm_function norm = sum_norm;  // expect: mutable-static-table

static PyObject *use_squares(PyObject *module, PyObject *flag) {
  norm = PyObject_IsTrue(flag) ? square_norm : sum_norm;
  Py_RETURN_NONE;
}

static PyObject *length(PyObject *module, PyObject *args) {
  double x, y;
  if (!PyArg_ParseTuple(args, "dd", &x, &y)) {
    return NULL;
  }
  return PyFloat_FromDouble(norm(x, y));
}

static PyMethodDef methods[] = {
    {"use_squares", use_squares, METH_O, NULL},
    {"length", length, METH_VARARGS, NULL},
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
    .m_name = "mutable_static_table_function_pointer",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_mutable_static_table_function_pointer(void) {
  return PyModuleDef_Init(&definition);
}
