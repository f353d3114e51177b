// C++: std::gmtime is the function of libc, and asctime has a second buffer of the process.
#include <Python.h>
#include <ctime>
#include <string>

namespace {

class Stamp {
 public:
  explicit Stamp(std::time_t when) : when_(when) {}

  std::string text() const {
    const std::tm *parts = std::gmtime(&when_);  // expect: libc-not-thread-safe
    std::string line = std::asctime(parts);      // expect: libc-not-thread-safe
    if (!line.empty()) {
      line.pop_back();
    }
    return line;
  }

 private:
  std::time_t when_;
};

}  // namespace

static PyObject *stamp(PyObject *, PyObject *seconds) {
  long long when = PyLong_AsLongLong(seconds);
  if (when == -1 && PyErr_Occurred()) {
    return nullptr;
  }
  const std::string text = Stamp(static_cast<std::time_t>(when)).text();
  return PyUnicode_FromStringAndSize(text.data(), text.size());
}

static PyMethodDef methods[] = {
    {"stamp", stamp, METH_O, nullptr},
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
    "libc_not_thread_safe_cxx_bad",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_libc_not_thread_safe_cxx_bad() {
  return PyModuleDef_Init(&definition);
}
