// C++: the guard's block ends before Python is used again, also where it is left by a return.
#include <Python.h>
#include <algorithm>
#include <vector>

namespace {

class Detached {
 public:
  Detached() : state_(PyEval_SaveThread()) {}
  ~Detached() { PyEval_RestoreThread(state_); }
  Detached(const Detached &) = delete;

 private:
  PyThreadState *state_;
};

double median_of(std::vector<double> &numbers) {
  Detached detached;
  if (numbers.empty()) {
    return 0;
  }
  auto middle = numbers.begin() + numbers.size() / 2;
  std::nth_element(numbers.begin(), middle, numbers.end());
  return *middle;
}

}  // namespace

static PyObject *median(PyObject *, PyObject *sequence) {
  PyObject *items = PySequence_Tuple(sequence);
  if (items == nullptr) {
    return nullptr;
  }
  std::vector<double> numbers;
  for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(items); i++) {
    numbers.push_back(PyFloat_AsDouble(PyTuple_GET_ITEM(items, i)));
  }
  double result = median_of(numbers);
  Py_DECREF(items);
  return PyErr_Occurred() ? nullptr : PyFloat_FromDouble(result);
}

static PyMethodDef methods[] = {
    {"median", median, METH_O, nullptr},
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
    "python_api_while_detached_cxx_good",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_python_api_while_detached_cxx_good() {
  return PyModuleDef_Init(&definition);
}
