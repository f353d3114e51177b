// C++: a template hashes an address as the interpreter does, with its private function.
#include <Python.h>

namespace {

template <typename Value>
Py_hash_t hash_address(Value *value) {
  const Py_hash_t hash = _Py_HashPointer(value);  // expect: private-api
  return hash ^ static_cast<Py_hash_t>(sizeof *value);
}

}  // namespace

static PyObject *hash(PyObject *, PyObject *argument) {
  const char *text = PyUnicode_AsUTF8(argument);
  if (text == nullptr) {
    return nullptr;
  }
  return PyLong_FromSsize_t(hash_address(text));
}

static PyMethodDef methods[] = {
    {"hash", hash, METH_O, nullptr},
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
    "private_api_cxx_bad",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_private_api_cxx_bad() {
  return PyModuleDef_Init(&definition);
}
