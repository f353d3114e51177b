// C++: properties are added to a class of Python when they are first asked for.
#include <Python.h>
#include <string>

namespace {

class Binder {
 public:
  explicit Binder(PyObject *type) : type_(reinterpret_cast<PyTypeObject *>(type)) {}

  bool bind(const std::string &name, PyObject *value) const {
    const int result =
        PyDict_SetItemString(type_->tp_dict, name.c_str(), value);  // expect: type-dict-mutation
    PyType_Modified(type_);
    return result == 0;
  }

 private:
  PyTypeObject *type_;
};

}  // namespace

static PyObject *bind(PyObject *, PyObject *args) {
  PyObject *type, *value;
  const char *name;
  if (!PyArg_ParseTuple(args, "O!sO", &PyType_Type, &type, &name, &value)) {
    return nullptr;
  }
  return Binder(type).bind(name, value) ? Py_NewRef(Py_None) : nullptr;
}

static PyMethodDef methods[] = {
    {"bind", bind, METH_VARARGS, nullptr},
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
    "type_dict_mutation_cxx_bad",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_type_dict_mutation_cxx_bad() {
  return PyModuleDef_Init(&definition);
}
