// C++: writers hold the mutex alone, readers together; the vector has a mutex of its own.
#include <Python.h>
#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace static_container_cxx_good {

std::shared_mutex mutex;
std::mutex history_mutex;
std::unordered_map<std::string, long> codes;
std::shared_ptr<const std::string> motto;
inline std::string prefix = "item-";

struct History {
  static std::vector<long> numbers;
  static void add(long number) {
    std::lock_guard<std::mutex> guard(history_mutex);
    numbers.push_back(number);
  }
};

std::vector<long> History::numbers;

}  // namespace static_container_cxx_good

using namespace static_container_cxx_good;

static PyObject *set_code(PyObject *, PyObject *args) {
  const char *name;
  long code;
  if (!PyArg_ParseTuple(args, "sl", &name, &code)) {
    return nullptr;
  }
  std::unique_lock<std::shared_mutex> guard(mutex);
  codes[name] = code;
  motto = std::make_shared<const std::string>(name);
  prefix += name;
  Py_RETURN_NONE;
}

static PyObject *get_code(PyObject *, PyObject *args) {
  const char *name;
  long code = -1;
  if (!PyArg_ParseTuple(args, "s", &name)) {
    return nullptr;
  }
  {
    std::shared_lock<std::shared_mutex> guard(mutex);
    auto found = codes.find(prefix + name);
    if (found != codes.end() && motto) {
      code = found->second;
    }
  }
  History::add(code);
  return PyLong_FromLong(code);
}

static PyMethodDef methods[] = {
    {"set_code", set_code, METH_VARARGS, nullptr},
    {"get_code", get_code, METH_VARARGS, nullptr},
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
    "static_container_cxx_good",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_static_container_cxx_good() {
  return PyModuleDef_Init(&definition);
}
