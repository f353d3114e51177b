// C++: a handle gives its list away when it seems to be the only one that has it.
#include <Python.h>
#include <utility>

namespace {

class Handle {
 public:
  static Handle borrowed(PyObject *object) { return Handle(Py_NewRef(object)); }
  explicit Handle(PyObject *object) : object_(object) {}
  Handle(Handle &&other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
  Handle(const Handle &) = delete;
  ~Handle() { Py_XDECREF(object_); }

  bool unique() const {
    return Py_REFCNT(object_) == 1;  // expect: refcount-is-one
  }
  PyObject *get() const { return object_; }
  PyObject *release() { return std::exchange(object_, nullptr); }

 private:
  PyObject *object_;
};

PyObject *reversed(Handle list) {
  if (list.unique()) {
    return PyList_Reverse(list.get()) < 0 ? nullptr : list.release();
  }
  PyObject *copy = PySequence_List(list.get());
  if (copy != nullptr && PyList_Reverse(copy) < 0) {
    Py_CLEAR(copy);
  }
  return copy;
}

}  // namespace

static PyObject *backwards(PyObject *, PyObject *object) {
  if (!PyList_Check(object)) {
    PyErr_SetString(PyExc_TypeError, "a list");
    return nullptr;
  }
  return reversed(Handle::borrowed(object));
}

static PyMethodDef methods[] = {
    {"backwards", backwards, METH_O, nullptr},
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
    "refcount_is_one_cxx_bad",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_refcount_is_one_cxx_bad() {
  return PyModuleDef_Init(&definition);
}
