// The initialiser calls a helper, a lambda and a constructor; none of them calls Python.
#include <Python.h>
#include <cmath>
#include <vector>

static std::vector<double> make_roots(int count) {
  std::vector<double> roots;
  for (int i = 0; i < count; i++) {
    roots.push_back(std::sqrt(i));
  }
  return roots;
}

class Scale {
 public:
  explicit Scale(double factor) : factor_(factor) {}
  double operator()(double value) const { return factor_ * value; }

 private:
  double factor_;
};

static PyObject *root(PyObject *, PyObject *index) {
  static const std::vector<double> roots = make_roots(100);
  static const double offset = [] { return std::log(2.0); }();
  static const Scale scale(offset);
  unsigned long i = PyLong_AsUnsignedLong(index);
  if (PyErr_Occurred()) {
    return nullptr;
  }
  return PyFloat_FromDouble(scale(roots[i % 100]));
}

static PyMethodDef methods[] = {
    {"root", root, METH_O, nullptr},
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
    "magic_static_deadlock_cxx_helper_good",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_magic_static_deadlock_cxx_helper_good() {
  return PyModuleDef_Init(&definition);
}
