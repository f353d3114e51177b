// C++: maps that nobody changes: const, made on first use and only read, of the thread, filled
// on import.
#include <Python.h>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace {

const std::map<std::string, int> weights = {{"light", 1}, {"heavy", 5}};
std::vector<std::string> words;
thread_local std::unordered_map<std::string, int> counts;

const std::unordered_map<int, const char *> &names() {
  static std::unordered_map<int, const char *> table = {{1, "one"}, {2, "two"}};
  return table;
}

int exec_module(PyObject *) {
  words.push_back("alpha");
  words.emplace_back("beta");
  return 0;
}

PyObject *describe(PyObject *, PyObject *args) {
  const char *text;
  int number;
  if (!PyArg_ParseTuple(args, "si", &text, &number)) {
    return nullptr;
  }
  auto weight = weights.find(text);
  auto name = names().find(number);
  return Py_BuildValue("(issi)", weight == weights.end() ? 0 : weight->second,
                       name == names().end() ? "" : name->second,
                       words[number & 1].c_str(), ++counts[text]);
}

}  // namespace

static PyMethodDef methods[] = {
    {"describe", describe, METH_VARARGS, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, reinterpret_cast<void *>(exec_module)},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, nullptr},
};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    "static_container_cxx_const_good",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_static_container_cxx_const_good() {
  return PyModuleDef_Init(&definition);
}
