// C++: the values are copied under the mutex, and the visitor is called without it.
#include <Python.h>
#include <mutex>
#include <vector>

namespace {

class Series {
 public:
  void add(double value) {
    std::lock_guard<std::mutex> guard(mutex_);
    values_.push_back(value);
  }

  bool visit(PyObject *visitor) {
    std::vector<double> values;
    {
      std::unique_lock<std::mutex> guard(mutex_);
      values = values_;
    }
    for (double value : values) {
      PyObject *answer = PyObject_CallFunction(visitor, "d", value);
      if (answer == nullptr) {
        return false;
      }
      Py_DECREF(answer);
    }
    return true;
  }

 private:
  std::mutex mutex_;
  std::vector<double> values_;
};

Series series;

}  // namespace

static PyObject *add(PyObject *, PyObject *number) {
  double value = PyFloat_AsDouble(number);
  if (value == -1.0 && PyErr_Occurred()) {
    return nullptr;
  }
  series.add(value);
  Py_RETURN_NONE;
}

static PyObject *visit(PyObject *, PyObject *visitor) {
  return series.visit(visitor) ? Py_NewRef(Py_None) : nullptr;
}

static PyMethodDef methods[] = {
    {"add", add, METH_O, nullptr},
    {"visit", visit, METH_O, nullptr},
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
    "lock_held_across_python_cxx_good",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_lock_held_across_python_cxx_good() {
  return PyModuleDef_Init(&definition);
}
