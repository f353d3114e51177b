// C++: every member function locks the mutex beside the vector; the slow part has a copy.
#include <Python.h>

#include <algorithm>
#include <mutex>
#include <new>
#include <vector>

namespace {

class Histogram {
 public:
  void add(long value) {
    const std::lock_guard<std::mutex> lock(mutex_);
    values_.push_back(value);
  }
  std::vector<long> snapshot() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return values_;
  }
  std::size_t size() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return values_.size();
  }

 private:
  mutable std::mutex mutex_;
  std::vector<long> values_;
};

struct Counts {
  PyObject_HEAD
  Histogram *histogram;
};

PyObject *counts_new(PyTypeObject *type, PyObject *, PyObject *) {
  auto *self = reinterpret_cast<Counts *>(type->tp_alloc(type, 0));
  if (self == nullptr) {
    return nullptr;
  }
  self->histogram = new (std::nothrow) Histogram();
  if (self->histogram == nullptr) {
    Py_DECREF(reinterpret_cast<PyObject *>(self));
    return PyErr_NoMemory();
  }
  return reinterpret_cast<PyObject *>(self);
}

static void counts_dealloc(PyObject *op) {
  auto *self = reinterpret_cast<Counts *>(op);
  PyTypeObject *type = Py_TYPE(op);
  delete self->histogram;
  type->tp_free(op);
  Py_DECREF(type);
}

PyObject *counts_add(PyObject *op, PyObject *arg) {
  long value = PyLong_AsLong(arg);
  if (value == -1 && PyErr_Occurred()) {
    return nullptr;
  }
  reinterpret_cast<Counts *>(op)->histogram->add(value);
  Py_RETURN_NONE;
}

PyObject *counts_median(PyObject *op, PyObject *) {
  std::vector<long> values = reinterpret_cast<Counts *>(op)->histogram->snapshot();
  if (values.empty()) {
    Py_RETURN_NONE;
  }
  std::sort(values.begin(), values.end());
  return PyLong_FromLong(values[values.size() / 2]);
}

Py_ssize_t counts_length(PyObject *op) {
  return static_cast<Py_ssize_t>(reinterpret_cast<Counts *>(op)->histogram->size());
}

static PyMethodDef counts_methods[] = {
    {"add", reinterpret_cast<PyCFunction>(counts_add), METH_O, nullptr},
    {"median", reinterpret_cast<PyCFunction>(counts_median), METH_NOARGS, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

static PyType_Slot counts_slots[] = {
    {Py_tp_new, reinterpret_cast<void *>(counts_new)},
    {Py_tp_dealloc, reinterpret_cast<void *>(counts_dealloc)},
    {Py_tp_methods, counts_methods},
    {Py_sq_length, reinterpret_cast<void *>(counts_length)},
    {0, nullptr},
};

static PyType_Spec counts_spec = {
    "cxx_guard.Counts", sizeof(Counts), 0, Py_TPFLAGS_DEFAULT, counts_slots,
};

}  // namespace

static int module_exec(PyObject *module) {
  PyObject *type = PyType_FromSpec(&counts_spec);
  if (type == nullptr) {
    return -1;
  }
  int result = PyModule_AddType(module, reinterpret_cast<PyTypeObject *>(type));
  Py_DECREF(type);
  return result;
}

static PyModuleDef_Slot module_slots[] = {
    {Py_mod_exec, reinterpret_cast<void *>(module_exec)},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, nullptr},
};

static PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    "resizable_buffer_cxx_guard_good",
    nullptr,
    0,
    nullptr,
    module_slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_resizable_buffer_cxx_guard_good() {
  return PyModuleDef_Init(&module_def);
}
