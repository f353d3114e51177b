// C++: a guard object keeps the thread state in itself.
#include <Python.h>
#include <unistd.h>

namespace {

class Detached {
 public:
  Detached() : saved_(PyEval_SaveThread()) {}
  ~Detached() { PyEval_RestoreThread(saved_); }

 private:
  PyThreadState *saved_;
};

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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, nullptr},
};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    "static_thread_state_cxx_good",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_static_thread_state_cxx_good() {
  return PyModuleDef_Init(&definition);
}
