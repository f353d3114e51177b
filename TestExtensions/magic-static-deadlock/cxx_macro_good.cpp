// The macro's static variable is initialised with a constant.
#include <Python.h>

#define NAMED(variable, text) static const char *const variable = text

static PyObject *now(PyObject *, PyObject *) {
  NAMED(name, "time");
  PyObject *time = PyImport_ImportModule(name);
  if (time == nullptr) {
    return nullptr;
  }
  PyObject *result = PyObject_CallMethod(time, "time", nullptr);
  Py_DECREF(time);
  return result;
}

static PyMethodDef methods[] = {
    {"now", now, METH_NOARGS, nullptr},
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
    "magic_static_deadlock_cxx_macro_good",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_magic_static_deadlock_cxx_macro_good() {
  return PyModuleDef_Init(&definition);
}
