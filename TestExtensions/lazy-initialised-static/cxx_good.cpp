// C++: a static variable that is initialised on first use, without Python, and then only read;
// and one that the exec function fills.
#include <Python.h>
#include <array>
#include <cmath>

namespace {

PyObject *normalise;

std::array<double, 16> make_roots() {
  std::array<double, 16> roots{};
  for (std::size_t i = 0; i < roots.size(); i++) {
    roots[i] = std::sqrt(static_cast<double>(i));
  }
  return roots;
}

const std::array<double, 16> &roots() {
  static const std::array<double, 16> table = make_roots();
  return table;
}

int exec_module(PyObject *) {
  PyObject *unicode = PyImport_ImportModule("unicodedata");
  if (unicode == nullptr) {
    return -1;
  }
  normalise = PyObject_GetAttrString(unicode, "normalize");
  Py_DECREF(unicode);
  return normalise == nullptr ? -1 : 0;
}

PyObject *root(PyObject *, PyObject *index) {
  unsigned long i = PyLong_AsUnsignedLong(index);
  if (PyErr_Occurred()) {
    return nullptr;
  }
  return PyFloat_FromDouble(roots()[i % 16]);
}

PyObject *nfc(PyObject *, PyObject *string) {
  return PyObject_CallFunction(normalise, "sO", "NFC", string);
}

}  // namespace

static PyMethodDef methods[] = {
    {"root", root, METH_O, nullptr},
    {"nfc", nfc, METH_O, nullptr},
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
    "lazy_initialised_static_cxx_good",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_lazy_initialised_static_cxx_good() {
  return PyModuleDef_Init(&definition);
}
