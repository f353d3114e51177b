// The helper is only given lists that its callers have just made, so nobody else has them.
#include <Python.h>

static double total(PyObject *numbers) {
  double sum = 0;
  for (Py_ssize_t i = 0; i < PyList_GET_SIZE(numbers); i++) {
    sum += PyFloat_AsDouble(PyList_GET_ITEM(numbers, i));
  }
  return sum;
}

static PyObject *mean(PyObject *module, PyObject *iterable) {
  PyObject *numbers = PySequence_List(iterable);
  if (numbers == NULL) {
    return NULL;
  }
  Py_ssize_t size = PyList_GET_SIZE(numbers);
  double sum = total(numbers);
  Py_DECREF(numbers);
  if (PyErr_Occurred()) {
    return NULL;
  }
  return PyFloat_FromDouble(size == 0 ? 0.0 : sum / (double)size);
}

static PyObject *squares(PyObject *module, PyObject *count) {
  long end = PyLong_AsLong(count);
  if (end == -1 && PyErr_Occurred()) {
    return NULL;
  }
  PyObject *numbers = PyList_New(0);
  if (numbers == NULL) {
    return NULL;
  }
  for (long i = 0; i < end; i++) {
    PyObject *number = PyFloat_FromDouble((double)i * i);
    if (number == NULL || PyList_Append(numbers, number) < 0) {
      Py_XDECREF(number);
      Py_DECREF(numbers);
      return NULL;
    }
    Py_DECREF(number);
  }
  double sum = total(numbers);
  Py_DECREF(numbers);
  return PyFloat_FromDouble(sum);
}

static PyMethodDef methods[] = {
    {"mean", mean, METH_O, NULL},
    {"squares", squares, METH_O, NULL},
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
    .m_name = "borrowed_from_shared_container_helper_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_helper_good(void) {
  return PyModuleDef_Init(&definition);
}
