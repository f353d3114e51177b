// The routine hands a context to the function.
#include <Python.h>

static double integrate(double (*function)(double, void *), double from, double to, void *context) {
  double sum = 0, step = (to - from) / 100;
  for (int i = 0; i < 100; i++) {
    sum += step * function(from + (i + 0.5) * step, context);
  }
  return sum;
}

static double call_python(double x, void *context) {
  PyObject *result = PyObject_CallFunction((PyObject *)context, "d", x);
  double value = result == NULL ? -1.0 : PyFloat_AsDouble(result);
  Py_XDECREF(result);
  return value;
}

static PyObject *quad(PyObject *module, PyObject *args) {
  PyObject *function;
  double from, to;
  if (!PyArg_ParseTuple(args, "Odd", &function, &from, &to)) {
    return NULL;
  }
  double result = integrate(call_python, from, to, function);
  return PyErr_Occurred() ? NULL : PyFloat_FromDouble(result);
}

static PyMethodDef methods[] = {
    {"quad", quad, METH_VARARGS, NULL},
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
    .m_name = "smuggled_callback_context_integrator_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_smuggled_callback_context_integrator_good(void) {
  return PyModuleDef_Init(&definition);
}
