// C++: a static member that the first call completes.
#include <Python.h>

class Angle {
 public:
  PyObject_HEAD
  double degrees;

  static PyTypeObject type;
  static PyObject *make(double degrees) {
    if (type.tp_dict == nullptr) {
      type.tp_name = "angles.Angle";
      type.tp_basicsize = sizeof(Angle);
      type.tp_flags = Py_TPFLAGS_DEFAULT;
      if (PyType_Ready(&type) < 0) {
        return nullptr;
      }
    }
    Angle *angle = PyObject_New(Angle, &type);
    if (angle != nullptr) {
      angle->degrees = degrees;
    }
    return reinterpret_cast<PyObject *>(angle);
  }
};

PyTypeObject Angle::type = {PyVarObject_HEAD_INIT(nullptr, 0)};  // expect: static-type-mutated

static PyObject *angle(PyObject *, PyObject *degrees) {
  double value = PyFloat_AsDouble(degrees);
  return PyErr_Occurred() ? nullptr : Angle::make(value);
}

static PyMethodDef methods[] = {
    {"angle", angle, METH_O, nullptr},
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
    "static_type_mutated_cxx",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_static_type_mutated_cxx() {
  return PyModuleDef_Init(&definition);
}
