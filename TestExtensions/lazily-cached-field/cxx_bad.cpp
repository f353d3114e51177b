// C++: a const member function fills the mutable cache of its class.
#include <Python.h>

#include <memory>
#include <new>
#include <vector>

namespace {

class Sieve {
 public:
  explicit Sieve(std::size_t limit) : limit_(limit) {}
  bool prime(std::size_t n) const {
    if (!marks_) {
      marks_ = std::make_unique<std::vector<bool>>(limit_ + 1, true);
      for (std::size_t i = 2; i * i <= limit_; ++i) {
        for (std::size_t j = i * i; j <= limit_; j += i) {
          (*marks_)[j] = false;
        }
      }
    }
    return n > 1 && n <= limit_ && (*marks_)[n];
  }

 private:
  std::size_t limit_;
  mutable std::unique_ptr<std::vector<bool>> marks_;
};

struct Primes {
  PyObject_HEAD
  Sieve *sieve;  // expect: lazily-cached-field
};

PyObject *primes_new(PyTypeObject *type, PyObject *args, PyObject *) {
  Py_ssize_t limit = 100;
  if (!PyArg_ParseTuple(args, "|n:Primes", &limit)) {
    return nullptr;
  }
  auto *self = reinterpret_cast<Primes *>(type->tp_alloc(type, 0));
  if (self == nullptr) {
    return nullptr;
  }
  self->sieve = new (std::nothrow) Sieve(static_cast<std::size_t>(limit < 2 ? 2 : limit));
  if (self->sieve == nullptr) {
    Py_DECREF(reinterpret_cast<PyObject *>(self));
    return PyErr_NoMemory();
  }
  return reinterpret_cast<PyObject *>(self);
}

static void primes_dealloc(PyObject *op) {
  auto *self = reinterpret_cast<Primes *>(op);
  PyTypeObject *type = Py_TYPE(op);
  delete self->sieve;
  type->tp_free(op);
  Py_DECREF(type);
}

int primes_contains(PyObject *op, PyObject *arg) {
  std::size_t n = PyLong_AsSize_t(arg);
  if (n == static_cast<std::size_t>(-1) && PyErr_Occurred()) {
    return -1;
  }
  return reinterpret_cast<Primes *>(op)->sieve->prime(n);
}

static PyType_Slot primes_slots[] = {
    {Py_tp_new, reinterpret_cast<void *>(primes_new)},
    {Py_tp_dealloc, reinterpret_cast<void *>(primes_dealloc)},
    {Py_sq_contains, reinterpret_cast<void *>(primes_contains)},
    {0, nullptr},
};

static PyType_Spec primes_spec = {
    "cxx.Primes", sizeof(Primes), 0, Py_TPFLAGS_DEFAULT, primes_slots,
};

}  // namespace

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&primes_spec);
  if (type == nullptr) {
    return -1;
  }
  int result = PyModule_AddType(module, reinterpret_cast<PyTypeObject *>(type));
  Py_DECREF(type);
  return result;
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, reinterpret_cast<void *>(exec_module)},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, nullptr},
};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    "lazily_cached_field_cxx_bad",
    nullptr,
    0,
    nullptr,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_lazily_cached_field_cxx_bad() {
  return PyModuleDef_Init(&definition);
}
