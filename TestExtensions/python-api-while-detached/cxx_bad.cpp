// C++: a guard detaches to the end of the block, and the list dies within it.
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

}  // namespace

static PyObject *largest(PyObject *, PyObject *sequence) {
  PyObject *items = PySequence_Tuple(sequence);
  if (items == nullptr) {
    return nullptr;
  }
  std::vector<double> numbers;
  for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(items); i++) {
    numbers.push_back(PyFloat_AsDouble(PyTuple_GET_ITEM(items, i)));
  }
  double result = 0;
  {
    Detached detached;
    if (!numbers.empty()) {
      result = *std::max_element(numbers.begin(), numbers.end());
    }
    Py_DECREF(items);  // expect: python-api-while-detached
  }
  return PyErr_Occurred() ? nullptr : PyFloat_FromDouble(result);
}

static PyMethodDef methods[] = {
    {"largest", largest, METH_O, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, nullptr},
};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    "python_api_while_detached_cxx_bad",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_python_api_while_detached_cxx_bad() {
  return PyModuleDef_Init(&definition);
}
