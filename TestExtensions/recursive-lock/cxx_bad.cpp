// C++: a method with a guard calls another method with a guard for the same std::mutex.
#include <Python.h>
#include <mutex>

namespace {

class Register {
 public:
  long increment() {
    std::lock_guard<std::mutex> guard(mutex_);
    value_++;
    return value();
  }

  long value() const {
    std::lock_guard<std::mutex> guard(mutex_);  // expect: recursive-lock
    return value_;
  }

 private:
  mutable std::mutex mutex_;
  long value_ = 0;
};

Register counter;

}  // namespace

static PyObject *increment(PyObject *, PyObject *) {
  return PyLong_FromLong(counter.increment());
}

static PyObject *current(PyObject *, PyObject *) { return PyLong_FromLong(counter.value()); }

static PyMethodDef methods[] = {
    {"increment", increment, METH_NOARGS, nullptr},
    {"current", current, METH_NOARGS, nullptr},
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
    "recursive_lock_cxx_bad",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_recursive_lock_cxx_bad() {
  return PyModuleDef_Init(&definition);
}
