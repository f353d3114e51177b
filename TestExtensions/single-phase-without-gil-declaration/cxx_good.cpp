// C++: a class owns the module, and a function behind the init function fills it.
#include <Python.h>

namespace {

PyObject *answer(PyObject *, PyObject *) { return PyLong_FromLong(42); }

PyMethodDef methods[] = {
    {"answer", answer, METH_NOARGS, "Return 42."},
    {nullptr, nullptr, 0, nullptr},
};

PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "single_phase_cxx_good", nullptr, -1, methods, nullptr, nullptr, nullptr, nullptr,
};

class OwnedModule {
 public:
  explicit OwnedModule(PyModuleDef &from) : object_(PyModule_Create(&from)) {
    if (object_ == nullptr) {
      throw 1;
    }
  }
  ~OwnedModule() { Py_XDECREF(object_); }
  OwnedModule(const OwnedModule &) = delete;
  OwnedModule &operator=(const OwnedModule &) = delete;

  void add(const char *name, long value) const {
    if (PyModule_AddIntConstant(object_, name, value) < 0) {
      throw 1;
    }
  }
  PyObject *borrow() const { return object_; }
  PyObject *release() {
    PyObject *result = object_;
    object_ = nullptr;
    return result;
  }

 private:
  PyObject *object_;
};

PyObject *start() {
  try {
    OwnedModule module(definition);
    module.add("version", 1);
#ifdef Py_GIL_DISABLED
    if (PyUnstable_Module_SetGIL(module.borrow(), Py_MOD_GIL_NOT_USED) < 0) {
      return nullptr;
    }
#endif
    return module.release();
  } catch (int) {
    return nullptr;
  }
}

}  // namespace

PyMODINIT_FUNC PyInit_single_phase_cxx_good() {
  return start();
}
