// C++: a member function returns what its dict lends.
#include <Python.h>

namespace helper_returns_borrowed_cxx {

class Options {
 public:
  explicit Options(PyObject *dict) : dict_(dict) {}

  PyObject *get(const char *name) const {  // expect: helper-returns-borrowed
    return PyDict_GetItemString(dict_, name);
  }

 private:
  PyObject *dict_;
};

}  // namespace helper_returns_borrowed_cxx

static PyObject *indent(PyObject *, PyObject *dict) {
  helper_returns_borrowed_cxx::Options options(dict);
  PyObject *value = options.get("indent");
  return value == nullptr ? Py_NewRef(Py_None) : PyNumber_Index(value);
}

static PyMethodDef methods[] = {
    {"indent", indent, METH_O, nullptr},
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
    "helper_returns_borrowed_cxx",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_helper_returns_borrowed_cxx() {
  return PyModuleDef_Init(&definition);
}
