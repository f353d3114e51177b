// The function to use is chosen on import; another table of functions is constant.
#include <Python.h>

typedef double (*norm_function)(double, double);

static double sum_norm(double x, double y) { return (x < 0 ? -x : x) + (y < 0 ? -y : y); }
static double square_norm(double x, double y) { return x * x + y * y; }

static norm_function norm;
static const norm_function norms[] = {sum_norm, square_norm};

static int exec_module(PyObject *module) {
  norm = norms[getenv("SQUARES") != NULL];
  return 0;
}

static PyObject *length(PyObject *module, PyObject *args) {
  double x, y;
  if (!PyArg_ParseTuple(args, "dd", &x, &y)) {
    return NULL;
  }
  return PyFloat_FromDouble(norm(x, y) + norms[0](x, y));
}

static PyMethodDef methods[] = {
    {"length", length, METH_VARARGS, NULL},
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
    .m_name = "mutable_static_table_function_pointer_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_mutable_static_table_function_pointer_good(void) {
  return PyModuleDef_Init(&definition);
}
