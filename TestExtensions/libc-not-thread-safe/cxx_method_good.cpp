// C++: methods and functions of a namespace that only share their names with libc.
#include <Python.h>
#include <cstdint>

namespace {

namespace tools {
int system(int unit) { return unit * 2; }
}  // namespace tools

class Engine {
 public:
  explicit Engine(std::uint64_t seed) : state_(seed | 1) {}

  std::uint32_t rand() {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return static_cast<std::uint32_t>(state_);
  }

  std::uint32_t random() { return rand() ^ static_cast<std::uint32_t>(tools::system(21)); }

 private:
  std::uint64_t state_;
};

}  // namespace

static PyObject *sample(PyObject *, PyObject *number) {
  Engine engine(PyLong_AsUnsignedLongLongMask(number));
  std::uint32_t sum = 0;
  for (int i = 0; i < 8; i++) {
    sum += engine.random();
  }
  return PyLong_FromUnsignedLong(sum);
}

static PyMethodDef methods[] = {
    {"sample", sample, METH_O, nullptr},
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
    "libc_not_thread_safe_cxx_method_good",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_libc_not_thread_safe_cxx_method_good() {
  return PyModuleDef_Init(&definition);
}
