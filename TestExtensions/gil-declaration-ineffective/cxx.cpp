// C++: a lambda is the exec function.
#include <Python.h>

namespace {

PyModuleDef_Slot slots[] = {
    {Py_mod_exec, reinterpret_cast<void *>(+[](PyObject *module) -> int {
#ifdef Py_GIL_DISABLED
       PyUnstable_Module_SetGIL(module, Py_MOD_GIL_NOT_USED);  // expect: gil-declaration-ineffective
#endif
       return PyModule_AddIntConstant(module, "version", 1);
     })},
    {0, nullptr},
};

PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "gil_ineffective_cxx", nullptr, 0, nullptr, slots, nullptr, nullptr, nullptr,
};

}  // namespace

PyMODINIT_FUNC PyInit_gil_ineffective_cxx() { return PyModuleDef_Init(&definition); }
