// C++: values are returned, and a reference to a constant.
#include <Python.h>
#include <string>
#include <vector>

namespace {

struct Complex {
  double real, imaginary;
};

Complex square(double real, double imaginary) {
  return {real * real - imaginary * imaginary, 2 * real * imaginary};
}

const std::string &prefix() {
  static const std::string text = "item-";
  return text;
}

std::string name_of(long number) { return prefix() + std::to_string(number); }

PyObject *squared(PyObject *, PyObject *args) {
  double real, imaginary;
  if (!PyArg_ParseTuple(args, "dd", &real, &imaginary)) {
    return nullptr;
  }
  Complex result = square(real, imaginary);
  return PyComplex_FromDoubles(result.real, result.imaginary);
}

PyObject *name(PyObject *, PyObject *number) {
  long value = PyLong_AsLong(number);
  if (PyErr_Occurred()) {
    return nullptr;
  }
  return PyUnicode_FromString(name_of(value).c_str());
}

}  // namespace

static PyMethodDef methods[] = {
    {"squared", squared, METH_VARARGS, nullptr},
    {"name", name, METH_O, nullptr},
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
    "returned_static_storage_cxx_good",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_returned_static_storage_cxx_good() {
  return PyModuleDef_Init(&definition);
}
