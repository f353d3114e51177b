// C++: 'std::call_once' around a table of C, flag and table as members of a class.
#include <Python.h>
#include <cstdint>
#include <mutex>

class Reversed {
 public:
  static std::uint8_t of(std::uint8_t value) {
    std::call_once(once, fill);
    return table[value];
  }

 private:
  static void fill() {
    for (unsigned i = 0; i < 256; i++) {
      std::uint8_t bits = 0;
      for (unsigned k = 0; k < 8; k++) {
        bits = static_cast<std::uint8_t>(bits | ((i >> k & 1u) << (7 - k)));
      }
      table[i] = bits;
    }
  }

  static std::once_flag once;
  static std::uint8_t table[256];
};

std::once_flag Reversed::once;
std::uint8_t Reversed::table[256];

static PyObject *reverse(PyObject *, PyObject *number) {
  unsigned long value = PyLong_AsUnsignedLong(number);
  if (PyErr_Occurred()) {
    return nullptr;
  }
  return PyLong_FromLong(Reversed::of(static_cast<std::uint8_t>(value)));
}

static PyMethodDef methods[] = {
    {"reverse", reverse, METH_O, nullptr},
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
    "lazy_initialised_static_cxx_once_good",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_lazy_initialised_static_cxx_once_good() {
  return PyModuleDef_Init(&definition);
}
