// C++: an array of the library in a function, and one of a namespace.
#include <Python.h>
#include <algorithm>
#include <array>

namespace {

std::array<char, 24> padded;  // expect: static-scratch-buffer

PyObject *pad(PyObject *, PyObject *args) {
  const char *text;
  if (!PyArg_ParseTuple(args, "s", &text)) {
    return nullptr;
  }
  padded.fill(' ');
  for (std::size_t i = 0; i < padded.size() && text[i] != 0; i++) {
    padded[i] = text[i];
  }
  return PyUnicode_FromStringAndSize(padded.data(), padded.size());
}

PyObject *digits(PyObject *, PyObject *number) {
  static unsigned char counts[10];  // expect: static-scratch-buffer
  unsigned long value = PyLong_AsUnsignedLong(number);
  if (PyErr_Occurred()) {
    return nullptr;
  }
  std::fill(counts, counts + 10, 0);
  for (; value > 0; value /= 10) {
    counts[value % 10]++;
  }
  return PyLong_FromLong(*std::max_element(counts, counts + 10));
}

}  // namespace

static PyMethodDef methods[] = {
    {"pad", pad, METH_VARARGS, nullptr},
    {"digits", digits, METH_O, nullptr},
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
    "static_scratch_buffer_cxx",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_static_scratch_buffer_cxx() {
  return PyModuleDef_Init(&definition);
}
