// C++: the value cast by name.
#include <Python.h>

namespace {

int exec_module(PyObject *module) { return PyModule_AddIntConstant(module, "version", 1); }

PyModuleDef_Slot slots[] = {
    {Py_mod_exec, reinterpret_cast<void *>(exec_module)},
#if PY_VERSION_HEX >= 0x030D0000
    {Py_mod_gil, reinterpret_cast<void *>(Py_MOD_GIL_USED)},  // expect: gil-declared-used
#endif
    {0, nullptr},
};

PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "gil_declared_used_cxx", nullptr, 0, nullptr, slots, nullptr, nullptr, nullptr,
};

}  // namespace

PyMODINIT_FUNC PyInit_gil_declared_used_cxx() { return PyModuleDef_Init(&definition); }
