// C++: a guard class keeps the thread state in a static member.
#include <Python.h>
#include <unistd.h>

namespace {

class Detached {
 public:
  Detached() { saved = PyEval_SaveThread(); }
  ~Detached() { PyEval_RestoreThread(saved); }

 private:
  static PyThreadState *saved;
};

PyThreadState *Detached::saved = nullptr;  // expect: static-thread-state

PyObject *pause_for(PyObject *, PyObject *microseconds) {
  unsigned long value = PyLong_AsUnsignedLong(microseconds);
  if (PyErr_Occurred()) {
    return nullptr;
  }
  {
    Detached detached;
    usleep(value);
  }
  Py_RETURN_NONE;
}

}  // namespace

static PyMethodDef methods[] = {
    {"pause_for", pause_for, METH_O, nullptr},
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
    "static_thread_state_cxx",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_static_thread_state_cxx() {
  return PyModuleDef_Init(&definition);
}
