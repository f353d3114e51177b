// The initialiser calls a helper, and a lambda, and the constructor of a class; each calls
// Python.
#include <Python.h>

static PyObject *attribute(const char *module_name, const char *name) {
  PyObject *module = PyImport_ImportModule(module_name);
  PyObject *value = module == nullptr ? nullptr : PyObject_GetAttrString(module, name);
  Py_XDECREF(module);
  return value;
}

class Codec {
 public:
  explicit Codec(const char *name) { encode = attribute("codecs", name); }
  PyObject *encode;
};

static PyObject *square_root(PyObject *, PyObject *number) {
  static PyObject *function = attribute("cmath", "sqrt");  // expect: magic-static-deadlock
  return function ? PyObject_CallOneArg(function, number) : nullptr;
}

static PyObject *shuffle(PyObject *, PyObject *list) {
  static PyObject *function = [] {  // expect: magic-static-deadlock
    PyObject *random = PyImport_ImportModule("random");
    return random ? PyObject_GetAttrString(random, "shuffle") : nullptr;
  }();
  return function ? PyObject_CallOneArg(function, list) : nullptr;
}

static PyObject *encode(PyObject *, PyObject *text) {
  static Codec codec("encode");  // expect: magic-static-deadlock
  return codec.encode ? PyObject_CallOneArg(codec.encode, text) : nullptr;
}

static PyMethodDef methods[] = {
    {"square_root", square_root, METH_O, nullptr},
    {"shuffle", shuffle, METH_O, nullptr},
    {"encode", encode, METH_O, nullptr},
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
    "magic_static_deadlock_cxx_helper",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_magic_static_deadlock_cxx_helper() {
  return PyModuleDef_Init(&definition);
}
