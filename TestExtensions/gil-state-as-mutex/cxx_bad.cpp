// C++: a class like gil_scoped_acquire guards a container of the module in the callbacks of threads.
#include <Python.h>
#include <thread>
#include <vector>

namespace {

class GilGuard {
 public:
  GilGuard() : state_(PyGILState_Ensure()) {}
  ~GilGuard() { PyGILState_Release(state_); }
  GilGuard(const GilGuard &) = delete;

 private:
  PyGILState_STATE state_;
};

std::vector<double> results;  // expect: static-container

void compute(int from) {
  double sum = 0;
  for (int i = from; i < from + 1000; i++) {
    sum += 1.0 / (1 + static_cast<double>(i) * i);
  }
  GilGuard guard;  // expect: gil-state-as-mutex
  results.push_back(sum);
}

}  // namespace

static PyObject *start(PyObject *, PyObject *) {
  Py_BEGIN_ALLOW_THREADS
  std::thread first(compute, 0), second(compute, 1000);
  first.join();
  second.join();
  Py_END_ALLOW_THREADS
  Py_RETURN_NONE;
}

static PyObject *total(PyObject *, PyObject *) {
  double sum = 0;
  for (double result : results) {
    sum += result;
  }
  return PyFloat_FromDouble(sum);
}

static PyMethodDef methods[] = {
    {"start", start, METH_NOARGS, nullptr},
    {"total", total, METH_NOARGS, nullptr},
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
    "gil_state_as_mutex_cxx_bad",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_gil_state_as_mutex_cxx_bad() {
  return PyModuleDef_Init(&definition);
}
