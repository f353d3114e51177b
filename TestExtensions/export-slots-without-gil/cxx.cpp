// target: 3.15
// C++: positional macros, the hook in an extern "C" block.
#include <Python.h>

namespace {

PyObject *answer(PyObject *, PyObject *) { return PyLong_FromLong(42); }

PyMethodDef methods[] = {
    {"answer", answer, METH_NOARGS, "Return 42."},
    {nullptr, nullptr, 0, nullptr},
};

#if PY_VERSION_HEX >= 0x030F0000

PyABIInfo_VAR(abi_info);

PySlot export_slots[] = {  // expect: export-slots-without-gil
    PySlot_PTR_STATIC(Py_mod_abi, &abi_info),
    PySlot_PTR_STATIC(Py_mod_methods, methods),
    PySlot_END,
};

}  // namespace

PyMODEXPORT_FUNC PyModExport_export_slots_cxx() { return export_slots; }

#else

PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "export_slots_cxx", nullptr, 0, methods, nullptr, nullptr, nullptr, nullptr,
};

}  // namespace

PyMODINIT_FUNC PyInit_export_slots_cxx() { return PyModuleDef_Init(&definition); }

#endif
