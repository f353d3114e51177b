// C++: the lock is a guard object, the pointer plain.
#include <Python.h>
#include <atomic>
#include <mutex>
#include <string>

namespace {

struct Locale {
  std::string name;
};

std::mutex mutex;
Locale *current;  // expect: double-checked-locking

Locale *get_locale() {
  if (current == nullptr) {
    std::lock_guard<std::mutex> guard(mutex);
    if (current == nullptr) {
      current = new Locale{"C"};
    }
  }
  return current;
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, nullptr},
};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    "double_checked_locking_cxx",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_double_checked_locking_cxx() {
  return PyModuleDef_Init(&definition);
}
