// The callback of the computation runs while detached, and attaches itself to call Python.
#include <Python.h>

typedef int (*progress_t)(double part, void *context);

static int report(double part, void *context) {
  PyGILState_STATE state = PyGILState_Ensure();
  PyObject *answer = PyObject_CallFunction((PyObject *)context, "d", part);
  int stop = answer == NULL;
  Py_XDECREF(answer);
  PyGILState_Release(state);
  return stop;
}

static double integrate(double from, double to, progress_t progress, void *context) {
  double sum = 0, step = (to - from) / 1000;
  for (int i = 0; i < 1000; i++) {
    double x = from + (i + 0.5) * step;
    sum += x * x * step;
    if (i % 100 == 0 && progress(i / 1000.0, context)) {
      break;
    }
  }
  return sum;
}

static PyObject *area(PyObject *module, PyObject *args) {
  double from, to, result;
  PyObject *listener;
  if (!PyArg_ParseTuple(args, "ddO", &from, &to, &listener)) {
    return NULL;
  }
  Py_BEGIN_ALLOW_THREADS
  result = integrate(from, to, report, listener);
  Py_END_ALLOW_THREADS
  if (PyErr_Occurred()) {
    return NULL;
  }
  return PyFloat_FromDouble(result);
}

static PyMethodDef methods[] = {
    {"area", area, METH_VARARGS, NULL},
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
    .m_name = "python_api_while_detached_ensure_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_python_api_while_detached_ensure_good(void) {
  return PyModuleDef_Init(&definition);
}
