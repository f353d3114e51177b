// C++: volatile beside std::atomic is not needed and does no harm.
#include <Python.h>
#include <atomic>

namespace {

class Solver {
 public:
  static double solve(long steps) {
    double x = 1.5;
    for (long i = 0; i < steps && !cancelled.load(); i++) {
      x = x - (x * x - 2) / (2 * x);
      progress.store(i + 1, std::memory_order_relaxed);
    }
    return x;
  }

  static std::atomic<long> progress;
  static volatile std::atomic<bool> cancelled;
};

std::atomic<long> Solver::progress{0};
volatile std::atomic<bool> Solver::cancelled{false};

}  // namespace

static PyObject *solve(PyObject *, PyObject *number) {
  long steps = PyLong_AsLong(number);
  if (steps < 0) {
    PyErr_SetString(PyExc_ValueError, "not negative");
    return nullptr;
  }
  return PyFloat_FromDouble(Solver::solve(steps));
}

static PyObject *cancel(PyObject *, PyObject *) {
  Solver::cancelled = true;
  return PyLong_FromLong(Solver::progress.load());
}

static PyMethodDef methods[] = {
    {"solve", solve, METH_O, nullptr},
    {"cancel", cancel, METH_NOARGS, nullptr},
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
    "volatile_as_atomic_atomic_good",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_volatile_as_atomic_atomic_good() {
  return PyModuleDef_Init(&definition);
}
