// C++: a function-local vector that every call adds to.
#include <Python.h>
#include <algorithm>
#include <vector>

static PyObject *running_maximum(PyObject *, PyObject *number) {
  static std::vector<double> seen;  // expect: static-container
  double value = PyFloat_AsDouble(number);
  if (PyErr_Occurred()) {
    return nullptr;
  }
  seen.insert(seen.end(), value);
  return PyFloat_FromDouble(*std::max_element(seen.begin(), seen.end()));
}

static PyMethodDef methods[] = {
    {"running_maximum", running_maximum, METH_O, nullptr},
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
    "static_container_cxx_local",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_static_container_cxx_local() {
  return PyModuleDef_Init(&definition);
}
