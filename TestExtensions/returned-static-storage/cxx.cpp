// C++: a reference to a static struct, and a pointer to a static member.
#include <Python.h>
#include <cstdio>

namespace {

struct Complex {
  double real, imaginary;
};

Complex &square(double real, double imaginary) {
  static Complex result;  // expect: returned-static-storage
  result.real = real * real - imaginary * imaginary;
  result.imaginary = 2 * real * imaginary;
  return result;
}

class Namer {
 public:
  static const char *name(int number) {
    std::snprintf(text, sizeof(text), "item-%d", number);
    return text;
  }

 private:
  static char text[32];
};

char Namer::text[32];  // expect: returned-static-storage

PyObject *squared(PyObject *, PyObject *args) {
  double real, imaginary;
  if (!PyArg_ParseTuple(args, "dd", &real, &imaginary)) {
    return nullptr;
  }
  Complex &result = square(real, imaginary);
  return PyComplex_FromDoubles(result.real, result.imaginary);
}

PyObject *name(PyObject *, PyObject *number) {
  long value = PyLong_AsLong(number);
  if (PyErr_Occurred()) {
    return nullptr;
  }
  return PyUnicode_FromString(Namer::name(static_cast<int>(value)));
}

}  // namespace

static PyMethodDef methods[] = {
    {"squared", squared, METH_VARARGS, nullptr},
    {"name", name, METH_O, nullptr},
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
    "returned_static_storage_cxx",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_returned_static_storage_cxx() {
  return PyModuleDef_Init(&definition);
}
