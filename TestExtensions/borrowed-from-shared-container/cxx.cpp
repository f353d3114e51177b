// C++: a template borrows, and a class that owns references takes them too late.
#include <Python.h>
#include <utility>

namespace {

class Ref {
 public:
  explicit Ref(PyObject *object) : object_(object) {}
  Ref(const Ref &) = delete;
  Ref &operator=(const Ref &) = delete;
  ~Ref() {
    Py_XDECREF(object_);
  }
  static Ref borrowed(PyObject *object) {
    Py_XINCREF(object);
    return Ref(object);
  }
  PyObject *get() const {
    return object_;
  }
  PyObject *release() {
    return std::exchange(object_, nullptr);
  }

 private:
  PyObject *object_;
};

}  // namespace

static PyObject *lookup(PyObject *, PyObject *args) {
  PyObject *mapping, *key;
  if (!PyArg_ParseTuple(args, "O!O", &PyDict_Type, &mapping, &key)) {
    return nullptr;
  }
  Ref value = Ref::borrowed(
      PyDict_GetItemWithError(mapping, key));  // expect: borrowed-from-shared-container
  if (value.get() == nullptr && !PyErr_Occurred()) {
    PyErr_SetObject(PyExc_KeyError, key);
  }
  return value.release();
}

static PyObject *first(PyObject *, PyObject *list) {
  auto *item = PyList_GetItem(list, 0);  // expect: borrowed-from-shared-container
  return item ? PyObject_Str(item) : nullptr;
}

static PyMethodDef methods[] = {
    {"lookup", lookup, METH_VARARGS, nullptr},
    {"first", first, METH_O, nullptr},
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
    "borrowed_from_shared_container_cxx",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_cxx() {
  return PyModuleDef_Init(&definition);
}
