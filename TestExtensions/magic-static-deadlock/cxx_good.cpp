// The import is made by the exec function; what is initialised on first use runs no Python code.
#include <Python.h>
#include <string>

static PyObject *json;

static int exec_module(PyObject *) {
  json = PyImport_ImportModule("json");
  return json == nullptr ? -1 : 0;
}

static const std::string &method() {
  static const std::string name = std::string("du") + "mps";
  return name;
}

static PyObject *dumps(PyObject *, PyObject *object) {
  static const char *const format = "O";
  static const long started = 42;
  if (started < 0) {
    return nullptr;
  }
  return PyObject_CallMethod(json, method().c_str(), format, object);
}

static PyMethodDef methods[] = {
    {"dumps", dumps, METH_O, nullptr},
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
    "magic_static_deadlock_cxx_good",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_magic_static_deadlock_cxx_good() {
  return PyModuleDef_Init(&definition);
}
