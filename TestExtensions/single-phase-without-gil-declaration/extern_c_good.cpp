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
      PyModuleDef_HEAD_INIT, "single_phase_extern_c_good", nullptr, -1, methods, nullptr, nullptr, nullptr, nullptr,
  };
  return value;
}

}  // namespace

extern "C" {

PyMODINIT_FUNC PyInit_single_phase_extern_c_good() {
  PyObject *module = PyModule_Create(&definition());
#ifdef Py_GIL_DISABLED
  if (module != nullptr) {
    PyUnstable_Module_SetGIL(module, Py_MOD_GIL_NOT_USED);
  }
#endif
  return module;
}

}  // extern "C"
