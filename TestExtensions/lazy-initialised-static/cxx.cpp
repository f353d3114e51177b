// C++: in a namespace, as a static member, and inside a function.
#include <Python.h>

namespace text {

PyObject *normalise;  // expect: lazy-initialised-static

struct Names {
  static PyObject *categories;
};

PyObject *Names::categories = nullptr;  // expect: lazy-initialised-static

}  // namespace text

static PyObject *attribute(const char *name) {
  PyObject *module = PyImport_ImportModule("unicodedata");
  if (module == nullptr) {
    return nullptr;
  }
  PyObject *value = PyObject_GetAttrString(module, name);
  Py_DECREF(module);
  return value;
}

static PyObject *nfc(PyObject *, PyObject *string) {
  if (!text::normalise) {
    text::normalise = attribute("normalize");
    if (!text::normalise) {
      return nullptr;
    }
  }
  return PyObject_CallFunction(text::normalise, "sO", "NFC", string);
}

static PyObject *category(PyObject *, PyObject *character) {
  static PyObject *function = nullptr;  // expect: lazy-initialised-static
  if (function == nullptr) {
    function = attribute("category");
  }
  if (text::Names::categories == nullptr) {
    text::Names::categories = PyDict_New();
  }
  return function == nullptr ? nullptr : PyObject_CallOneArg(function, character);
}

static PyMethodDef methods[] = {
    {"nfc", nfc, METH_O, nullptr},
    {"category", category, METH_O, nullptr},
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
    "lazy_initialised_static_cxx",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_lazy_initialised_static_cxx() {
  return PyModuleDef_Init(&definition);
}
