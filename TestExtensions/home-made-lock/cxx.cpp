// C++: a guard class with a plain flag as static member.
#include <Python.h>

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
    if (closed) {
      return false;
    }
    closed = true;
    return true;
  }

  static bool closed;
  const bool entered_;
};

bool Gate::closed = false;  // expect: home-made-lock

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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, nullptr},
};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    "home_made_lock_cxx",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_home_made_lock_cxx() {
  return PyModuleDef_Init(&definition);
}
