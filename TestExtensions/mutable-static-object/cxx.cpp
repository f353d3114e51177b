// C++: a static member and a variable of a namespace.
#include <Python.h>

namespace config {

PyObject *factory;  // expect: mutable-static-object

class Events {
 public:
  static void replace(PyObject *value) {
    Py_XDECREF(listener);
    listener = value;
    Py_INCREF(listener);
  }
  static PyObject *listener;
};

PyObject *Events::listener = nullptr;  // expect: mutable-static-object

}  // namespace config

static PyObject *set_factory(PyObject *, PyObject *value) {
  PyObject *old = config::factory;
  config::factory = Py_NewRef(value);
  Py_XDECREF(old);
  Py_RETURN_NONE;
}

static PyObject *set_listener(PyObject *, PyObject *value) {
  config::Events::replace(value);
  Py_RETURN_NONE;
}

static PyObject *make(PyObject *, PyObject *) {
  PyObject *made = config::factory ? PyObject_CallNoArgs(config::factory) : Py_NewRef(Py_None);
  if (made != nullptr && config::Events::listener != nullptr) {
    Py_XDECREF(PyObject_CallOneArg(config::Events::listener, made));
  }
  return made;
}

static PyMethodDef methods[] = {
    {"set_factory", set_factory, METH_O, nullptr},
    {"set_listener", set_listener, METH_O, nullptr},
    {"make", make, METH_NOARGS, nullptr},
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
    "mutable_static_object_cxx",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_mutable_static_object_cxx() {
  return PyModuleDef_Init(&definition);
}
