// C++: std::call_once makes the table, all others wait for it.
#include <Python.h>

#include <cstddef>
#include <mutex>
#include <new>
#include <vector>

namespace {

class Squares {
 public:
  long at(std::size_t index) const {
    std::call_once(once_, [this] {
      for (long i = 0; i < 64; ++i) {
        table_.push_back(i * i);
      }
    });
    return table_[index % table_.size()];
  }

 private:
  mutable std::once_flag once_;
  mutable std::vector<long> table_;
};

struct Curve {
  PyObject_HEAD
  Squares *squares;
};

PyObject *curve_new(PyTypeObject *type, PyObject *, PyObject *) {
  auto *self = reinterpret_cast<Curve *>(type->tp_alloc(type, 0));
  if (self == nullptr) {
    return nullptr;
  }
  self->squares = new (std::nothrow) Squares();
  if (self->squares == nullptr) {
    Py_DECREF(reinterpret_cast<PyObject *>(self));
    return PyErr_NoMemory();
  }
  return reinterpret_cast<PyObject *>(self);
}

static void curve_dealloc(PyObject *op) {
  auto *self = reinterpret_cast<Curve *>(op);
  PyTypeObject *type = Py_TYPE(op);
  delete self->squares;
  type->tp_free(op);
  Py_DECREF(type);
}

PyObject *curve_at(PyObject *op, PyObject *arg) {
  std::size_t index = PyLong_AsSize_t(arg);
  if (index == static_cast<std::size_t>(-1) && PyErr_Occurred()) {
    return nullptr;
  }
  return PyLong_FromLong(reinterpret_cast<Curve *>(op)->squares->at(index));
}

static PyMethodDef curve_methods[] = {
    {"at", reinterpret_cast<PyCFunction>(curve_at), METH_O, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

static PyType_Slot curve_slots[] = {
    {Py_tp_new, reinterpret_cast<void *>(curve_new)},
    {Py_tp_dealloc, reinterpret_cast<void *>(curve_dealloc)},
    {Py_tp_methods, curve_methods},
    {0, nullptr},
};

static PyType_Spec curve_spec = {
    "cxx_once.Curve", sizeof(Curve), 0, Py_TPFLAGS_DEFAULT, curve_slots,
};

}  // namespace

static int module_exec(PyObject *module) {
  PyObject *type = PyType_FromSpec(&curve_spec);
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
    "lazily_cached_field_cxx_once_good",
    nullptr,
    0,
    nullptr,
    module_slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_lazily_cached_field_cxx_once_good() {
  return PyModuleDef_Init(&module_def);
}
