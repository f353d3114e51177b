// C++: pointer and mutex are members of the class; one of its functions makes the instance.
#include <Python.h>
#include <mutex>

class Registry {
 public:
  static Registry *instance() {
    if (!instance_) {
      std::unique_lock<std::mutex> guard(mutex_);
      if (!instance_) {
        instance_ = new Registry();
      }
    }
    return instance_;
  }
  int size() const { return size_; }

 private:
  const int size_ = 3;
  static Registry *instance_;
  static std::mutex mutex_;
};

Registry *Registry::instance_ = nullptr;  // expect: double-checked-locking
std::mutex Registry::mutex_;

static PyObject *size(PyObject *, PyObject *) {
  return PyLong_FromLong(Registry::instance()->size());
}

static PyMethodDef methods[] = {
    {"size", size, METH_NOARGS, nullptr},
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
    "double_checked_locking_cxx_static_member",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_double_checked_locking_cxx_static_member() {
  return PyModuleDef_Init(&definition);
}
