// The variable is saved and put back, and every thread has its own.
#include <Python.h>

static double integrate(double (*function)(double), double from, double to) {
  double sum = 0, step = (to - from) / 100;
  for (int i = 0; i < 100; i++) {
    sum += step * function(from + (i + 0.5) * step);
  }
  return sum;
}

static _Thread_local PyObject *active;

static double call_python(double x) {
  PyObject *result = PyObject_CallFunction(active, "d", x);
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
  PyObject *saved = active;
  active = function;
  double result = integrate(call_python, from, to);
  active = saved;
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
    .m_name = "smuggled_callback_context_thread_local_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_smuggled_callback_context_thread_local_good(void) {
  return PyModuleDef_Init(&definition);
}
