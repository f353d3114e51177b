// C++: the vector is filled from a tuple, and one helper for both kinds gets tuples alone.
#include <Python.h>
#include <vector>

static std::vector<double> numbers_of(PyObject *sequence) {
  std::vector<double> numbers;
  const Py_ssize_t size = PySequence_Fast_GET_SIZE(sequence);
  numbers.reserve(static_cast<size_t>(size));
  for (Py_ssize_t i = 0; i < size; i++) {
    numbers.push_back(PyFloat_AsDouble(PySequence_Fast_GET_ITEM(sequence, i)));
  }
  return numbers;
}

static PyObject *norm(PyObject *, PyObject *object) {
  PyObject *tuple = PySequence_Tuple(object);
  if (tuple == nullptr) {
    return nullptr;
  }
  double sum = 0;
  for (double number : numbers_of(tuple)) {
    sum += number * number;
  }
  Py_DECREF(tuple);
  return PyErr_Occurred() ? nullptr : PyFloat_FromDouble(sum);
}

static PyObject *sum(PyObject *, PyObject *args) {
  double sum = 0;
  for (double number : numbers_of(args)) {
    sum += number;
  }
  return PyErr_Occurred() ? nullptr : PyFloat_FromDouble(sum);
}

static PyMethodDef methods[] = {
    {"norm", norm, METH_O, nullptr},
    {"sum", sum, METH_VARARGS, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, nullptr},
};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    "unlocked_fast_sequence_cxx_good",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_unlocked_fast_sequence_cxx_good() {
  return PyModuleDef_Init(&definition);
}
