// C++: a definition built by a function, the init function in an extern "C" block.
#include <Python.h>

namespace {

PyObject *answer(PyObject *, PyObject *) { return PyLong_FromLong(42); }

PyMethodDef methods[] = {
    {"answer", answer, METH_NOARGS, "Return 42."},
    {nullptr, nullptr, 0, nullptr},
};

PyModuleDef &definition() {
  static PyModuleDef value = {
      PyModuleDef_HEAD_INIT, "single_phase_extern_c", nullptr, -1, methods, nullptr, nullptr, nullptr, nullptr,
  };
  return value;
}

}  // namespace

extern "C" {

PyMODINIT_FUNC PyInit_single_phase_extern_c() {  // expect: single-phase-without-gil-declaration
  PyObject *module = PyModule_Create(&definition());
  return module;
}

}  // extern "C"
