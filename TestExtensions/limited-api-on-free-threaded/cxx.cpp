// C++: the limited API, and tables in an unnamed namespace.
#define Py_LIMITED_API 0x030D0000  // expect: limited-api-on-free-threaded
#include <Python.h>

namespace {

PyObject *answer(PyObject *, PyObject *) {
  return PyLong_FromLong(42);
}

PyMethodDef methods[] = {
    {"answer", answer, METH_NOARGS, "Return 42."},
    {nullptr, nullptr, 0, nullptr},
};

int exec_module(PyObject *module) { return PyModule_AddIntConstant(module, "version", 1); }

PyModuleDef_Slot slots[] = {
    {Py_mod_exec, reinterpret_cast<void *>(exec_module)},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, nullptr},
};

PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "limited_api_cxx", nullptr, 0, methods, slots, nullptr, nullptr, nullptr,
};

}  // namespace

PyMODINIT_FUNC PyInit_limited_api_cxx() { return PyModuleDef_Init(&definition); }
