// C++: a static member that is volatile is the progress that another thread asks for.
#include <Python.h>

namespace {

class Solver {
 public:
  static double solve(long steps) {
    double x = 1.5;
    for (long i = 0; i < steps; i++) {
      x = x - (x * x - 2) / (2 * x);
      progress = i + 1;
    }
    return x;
  }

  static volatile long progress;
};

// expect: volatile-as-atomic
volatile long Solver::progress = 0;  // expect: unsynchronised-static-scalar

}  // namespace

static PyObject *solve(PyObject *, PyObject *number) {
  long steps = PyLong_AsLong(number);
  if (steps < 0) {
    PyErr_SetString(PyExc_ValueError, "not negative");
    return nullptr;
  }
  return PyFloat_FromDouble(Solver::solve(steps));
}

static PyObject *progress(PyObject *, PyObject *) { return PyLong_FromLong(Solver::progress); }

static PyMethodDef methods[] = {
    {"solve", solve, METH_O, nullptr},
    {"progress", progress, METH_NOARGS, nullptr},
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
    "volatile_as_atomic_cxx_bad",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_volatile_as_atomic_cxx_bad() {
  return PyModuleDef_Init(&definition);
}
