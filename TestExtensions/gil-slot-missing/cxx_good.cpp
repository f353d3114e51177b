// C++: everything in an unnamed namespace, casts by name.
#include <Python.h>

namespace {

PyObject *answer(PyObject *, PyObject *) { return PyLong_FromLong(42); }

PyMethodDef methods[] = {
    {"answer", answer, METH_NOARGS, "Return 42."},
    {nullptr, nullptr, 0, nullptr},
};

int exec_module(PyObject *module) { return PyModule_AddIntConstant(module, "version", 1); }

PyModuleDef_Slot slots[] = {
    {Py_mod_exec, reinterpret_cast<void *>(exec_module)},
#if PY_VERSION_HEX >= 0x030D0000
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, nullptr},
};

PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "gil_slot_missing_cxx_good", nullptr, 0, methods, slots, nullptr, nullptr, nullptr,
};

}  // namespace

PyMODINIT_FUNC PyInit_gil_slot_missing_cxx_good() { return PyModuleDef_Init(&definition); }
