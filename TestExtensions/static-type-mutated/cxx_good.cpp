// C++: a function-local type that is initialised as a whole, and made ready on import.
#include <Python.h>

namespace {

struct Angle {
  PyObject_HEAD
  double degrees;
};

PyTypeObject make_type() {
  PyTypeObject type = {PyVarObject_HEAD_INIT(nullptr, 0)};
  type.tp_name = "angles.Angle";
  type.tp_basicsize = sizeof(Angle);
  type.tp_flags = Py_TPFLAGS_DEFAULT;
  return type;
}

PyTypeObject &angle_type() {
  static PyTypeObject type = make_type();
  return type;
}

int exec_module(PyObject *module) {
  return PyModule_AddType(module, &angle_type());
}

PyObject *angle(PyObject *, PyObject *degrees) {
  double value = PyFloat_AsDouble(degrees);
  Angle *made = PyErr_Occurred() ? nullptr : PyObject_New(Angle, &angle_type());
  if (made != nullptr) {
    made->degrees = value;
  }
  return reinterpret_cast<PyObject *>(made);
}

}  // namespace

static PyMethodDef methods[] = {
    {"angle", angle, METH_O, nullptr},
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
    "static_type_mutated_cxx_good",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_static_type_mutated_cxx_good() {
  return PyModuleDef_Init(&definition);
}
