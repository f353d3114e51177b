// C++: the pointer is atomic.
#include <Python.h>
#include <atomic>
#include <mutex>
#include <string>

namespace {

struct Locale {
  std::string name;
};

std::mutex mutex;
std::atomic<Locale *> current{nullptr};

Locale *get_locale() {
  Locale *found = current.load(std::memory_order_acquire);
  if (found == nullptr) {
    std::lock_guard<std::mutex> guard(mutex);
    found = current.load(std::memory_order_relaxed);
    if (found == nullptr) {
      found = new Locale{"C"};
      current.store(found, std::memory_order_release);
    }
  }
  return found;
}

PyObject *locale_name(PyObject *, PyObject *) {
  return PyUnicode_FromString(get_locale()->name.c_str());
}

}  // namespace

static PyMethodDef methods[] = {
    {"locale_name", locale_name, METH_NOARGS, nullptr},
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
    "double_checked_locking_cxx_good",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_double_checked_locking_cxx_good() {
  return PyModuleDef_Init(&definition);
}
