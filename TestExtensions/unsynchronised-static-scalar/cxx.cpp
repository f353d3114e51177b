// C++: in a namespace, as a static member, as an inline variable, and inside a function.
#include <Python.h>

namespace scalar_cxx {

unsigned next_key;  // expect: unsynchronised-static-scalar
inline bool tracing = false;  // expect: unsynchronised-static-scalar

class Session {
 public:
  static int open() { return ++opened; }

 private:
  static int opened;
};

int Session::opened = 0;  // expect: unsynchronised-static-scalar

}  // namespace scalar_cxx

static PyObject *key(PyObject *, PyObject *) {
  static int last_digit;  // expect: unsynchronised-static-scalar
  last_digit = (last_digit + 7) % 10;
  unsigned value = scalar_cxx::next_key++ * 10 + last_digit;
  return scalar_cxx::tracing ? PyLong_FromLong(-1) : PyLong_FromUnsignedLong(value);
}

static PyObject *set_tracing(PyObject *, PyObject *flag) {
  scalar_cxx::tracing = flag == Py_True;
  Py_RETURN_NONE;
}

static PyObject *open_session(PyObject *, PyObject *) {
  return PyLong_FromLong(scalar_cxx::Session::open());
}

static PyMethodDef methods[] = {
    {"key", key, METH_NOARGS, nullptr},
    {"set_tracing", set_tracing, METH_O, nullptr},
    {"open_session", open_session, METH_NOARGS, nullptr},
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
    "unsynchronised_static_scalar_cxx",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_unsynchronised_static_scalar_cxx() {
  return PyModuleDef_Init(&definition);
}
