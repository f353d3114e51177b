// C++: the C parts stand in an extern "C" block, the tables are members of a class.
#include <Python.h>

struct Module {
  static PyObject *answer(PyObject *, PyObject *);
  static int exec(PyObject *module);
  static PyMethodDef methods[];
  static PyModuleDef_Slot slots[];
  static PyModuleDef definition;
};

PyObject *Module::answer(PyObject *, PyObject *) { return PyLong_FromLong(42); }

int Module::exec(PyObject *module) { return PyModule_AddIntConstant(module, "version", 1); }

PyMethodDef Module::methods[] = {
    {"answer", &Module::answer, METH_NOARGS, "Return 42."},
    {nullptr, nullptr, 0, nullptr},
};

PyModuleDef_Slot Module::slots[] = {
    {Py_mod_exec, (void *)&Module::exec},
#if PY_VERSION_HEX >= 0x030D0000
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, nullptr},
};

PyModuleDef Module::definition = {
    PyModuleDef_HEAD_INIT, "gil_slot_missing_extern_c_good", nullptr, 0, Module::methods, Module::slots, nullptr, nullptr, nullptr,
};

extern "C" {

PyMODINIT_FUNC PyInit_gil_slot_missing_extern_c_good(void) { return PyModuleDef_Init(&Module::definition); }

}  // extern "C"
