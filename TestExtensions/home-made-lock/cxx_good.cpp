// C++: a guard class with an atomic flag as static member.
#include <Python.h>
#include <atomic>

namespace {

class Gate {
 public:
  Gate() : entered_(try_enter()) {}
  ~Gate() {
    if (entered_) {
      closed = false;
    }
  }
  explicit operator bool() const { return entered_; }

 private:
  static bool try_enter() {
    return !closed.exchange(true);
  }

  static std::atomic<bool> closed;
  const bool entered_;
};

std::atomic<bool> Gate::closed{false};

PyObject *run(PyObject *, PyObject *function) {
  Gate gate;
  if (!gate) {
    PyErr_SetString(PyExc_RuntimeError, "in use");
    return nullptr;
  }
  return PyObject_CallNoArgs(function);
}

}  // namespace

static PyMethodDef methods[] = {
    {"run", run, METH_O, nullptr},
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
    "home_made_lock_cxx_good",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_home_made_lock_cxx_good() {
  return PyModuleDef_Init(&definition);
}
