// C++: atomic, of the thread, constant, and guarded.
#include <Python.h>
#include <atomic>
#include <mutex>

namespace scalar_cxx_good {

std::atomic<unsigned> next_key{0};
inline std::atomic_bool tracing{false};
constexpr int factor = 10;

class Session {
 public:
  static int open() {
    std::scoped_lock guard(mutex);
    return ++opened;
  }

 private:
  static std::mutex mutex;
  static int opened;
};

std::mutex Session::mutex;
int Session::opened = 0;

}  // namespace scalar_cxx_good

static PyObject *key(PyObject *, PyObject *) {
  static thread_local int last_digit;
  last_digit = (last_digit + 7) % 10;
  unsigned value = scalar_cxx_good::next_key++ * scalar_cxx_good::factor + last_digit;
  return scalar_cxx_good::tracing ? PyLong_FromLong(-1) : PyLong_FromUnsignedLong(value);
}

static PyObject *set_tracing(PyObject *, PyObject *flag) {
  scalar_cxx_good::tracing.store(flag == Py_True, std::memory_order_relaxed);
  Py_RETURN_NONE;
}

static PyObject *open_session(PyObject *, PyObject *) {
  return PyLong_FromLong(scalar_cxx_good::Session::open());
}

static PyMethodDef methods[] = {
    {"key", key, METH_NOARGS, nullptr},
    {"set_tracing", set_tracing, METH_O, nullptr},
    {"open_session", open_session, METH_NOARGS, nullptr},
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
    "unsynchronised_static_scalar_cxx_good",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_unsynchronised_static_scalar_cxx_good() {
  return PyModuleDef_Init(&definition);
}
