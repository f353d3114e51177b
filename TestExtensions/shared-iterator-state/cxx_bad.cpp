// C++: the iterator of a constant vector; the vector never changes, the place in it does.
#include <Python.h>

#include <new>
#include <vector>

namespace {

struct Primes {
  PyObject_HEAD
  std::vector<long> values;
  std::size_t index;  // expect: shared-iterator-state
};

Primes *as_primes(PyObject *op) { return reinterpret_cast<Primes *>(op); }

std::vector<long> primes_below(long limit) {
  std::vector<long> primes;
  for (long n = 2; n < limit; ++n) {
    bool prime = true;
    for (long p : primes) {
      prime = prime && n % p != 0;
    }
    if (prime) {
      primes.push_back(n);
    }
  }
  return primes;
}

PyObject *primes_new(PyTypeObject *type, PyObject *args, PyObject *) {
  long limit = 30;
  if (!PyArg_ParseTuple(args, "|l:Primes", &limit)) {
    return nullptr;
  }
  PyObject *op = type->tp_alloc(type, 0);
  if (op != nullptr) {
    new (&as_primes(op)->values) std::vector<long>(primes_below(limit));
    as_primes(op)->index = 0;
  }
  return op;
}

static void primes_dealloc(PyObject *op) {
  auto *self = reinterpret_cast<Primes *>(op);
  PyTypeObject *type = Py_TYPE(op);
  self->values.~vector();
  type->tp_free(op);
  Py_DECREF(type);
}

PyObject *primes_iternext(PyObject *op) {
  Primes *self = as_primes(op);
  if (self->index == self->values.size()) {
    return nullptr;
  }
  return PyLong_FromLong(self->values[self->index++]);
}

static PyType_Slot primes_slots[] = {
    {Py_tp_new, reinterpret_cast<void *>(primes_new)},
    {Py_tp_dealloc, reinterpret_cast<void *>(primes_dealloc)},
    {Py_tp_iter, reinterpret_cast<void *>(PyObject_SelfIter)},
    {Py_tp_iternext, reinterpret_cast<void *>(primes_iternext)},
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
    "shared_iterator_state_cxx_bad",
    nullptr,
    0,
    nullptr,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_shared_iterator_state_cxx_bad() {
  return PyModuleDef_Init(&definition);
}
