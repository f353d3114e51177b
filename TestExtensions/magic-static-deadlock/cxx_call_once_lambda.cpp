// The function that 'std::call_once' calls is a lambda, the flag a member of a class.
#include <Python.h>
#include <mutex>

class Tools {
 public:
  static PyObject *functools() {
    std::call_once(flag, [] { module = PyImport_ImportModule("functools"); });
    return module;
  }

 private:
  static std::once_flag flag;
  static PyObject *module;
};

std::once_flag Tools::flag;  // expect: magic-static-deadlock
PyObject *Tools::module = nullptr;

static PyObject *reduce(PyObject *, PyObject *args) {
  PyObject *function, *items;
  if (!PyArg_ParseTuple(args, "OO", &function, &items) || Tools::functools() == nullptr) {
    return nullptr;
  }
  return PyObject_CallMethod(Tools::functools(), "reduce", "OO", function, items);
}

static PyMethodDef methods[] = {
    {"reduce", reduce, METH_VARARGS, nullptr},
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
    "magic_static_deadlock_cxx_call_once_lambda",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_magic_static_deadlock_cxx_call_once_lambda() {
  return PyModuleDef_Init(&definition);
}
