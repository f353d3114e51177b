// C++: making the map is safe, changing it through the reference is not.
#include <Python.h>
#include <map>
#include <mutex>
#include <string>

static std::map<long, std::string> &cache() {
  static std::map<long, std::string> entries;  // expect: static-container
  return entries;
}

static PyObject *decimal(PyObject *, PyObject *number) {
  long value = PyLong_AsLong(number);
  if (PyErr_Occurred()) {
    return nullptr;
  }
  std::string text;
  {
    auto found = cache().find(value);
    if (found == cache().end()) {
      found = cache().emplace(value, std::to_string(value)).first;
    }
    text = found->second;
  }
  return PyUnicode_FromString(text.c_str());
}

static PyMethodDef methods[] = {
    {"decimal", decimal, METH_O, nullptr},
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
    "static_container_cxx_singleton",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_static_container_cxx_singleton() {
  return PyModuleDef_Init(&definition);
}
