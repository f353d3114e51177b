// C++: a map, a shared pointer and a string of a namespace, the string inline, and a vector as
// static member.
#include <Python.h>
#include <map>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace static_container_cxx {

std::unordered_map<std::string, long> codes;  // expect: static-container
std::shared_ptr<const std::string> motto;  // expect: static-container
inline std::string prefix = "item-";  // expect: static-container

struct History {
  static std::vector<long> numbers;
  static void add(long number) {
    numbers.push_back(number);
  }
};

std::vector<long> History::numbers;  // expect: static-container

}  // namespace static_container_cxx

using namespace static_container_cxx;

static PyObject *set_code(PyObject *, PyObject *args) {
  const char *name;
  long code;
  if (!PyArg_ParseTuple(args, "sl", &name, &code)) {
    return nullptr;
  }
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, nullptr},
};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    "static_container_cxx",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_static_container_cxx() {
  return PyModuleDef_Init(&definition);
}
