// What the callback needs is in a static struct.
#include <Python.h>

static double integrate(double (*function)(double), double from, double to) {
  double sum = 0, step = (to - from) / 100;
  for (int i = 0; i < 100; i++) {
    sum += step * function(from + (i + 0.5) * step);
  }
  return sum;
}

static struct {
  PyObject *function;
  double factor;
  int failed;
} context;  // expect: smuggled-callback-context

static double call_python(double x) {
  PyObject *result = PyObject_CallFunction(context.function, "d", x);
  if (result == NULL) {
    context.failed = 1;
    return 0;
  }
  double value = context.factor * PyFloat_AsDouble(result);
  Py_DECREF(result);
  return value;
}

static PyObject *quad(PyObject *module, PyObject *args) {
  PyObject *function;
  double from, to;
  if (!PyArg_ParseTuple(args, "Odd", &function, &from, &to)) {
    return NULL;
  }
  context.function = function;
  context.factor = 2;
  context.failed = 0;
  double result = integrate(call_python, from, to);
  if (context.failed) {
    return NULL;
  }
  return PyErr_Occurred() ? NULL : PyFloat_FromDouble(result);
}

static PyMethodDef methods[] = {
    {"quad", quad, METH_VARARGS, NULL},
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
    .m_name = "smuggled_callback_context_struct",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_smuggled_callback_context_struct(void) {
  return PyModuleDef_Init(&definition);
}
