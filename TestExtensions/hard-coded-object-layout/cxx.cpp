// C++: a class repeats the head.
#include <Python.h>

namespace {

class Mirror {  // expect: hard-coded-object-layout
 public:
  Py_ssize_t ob_refcnt;
  PyTypeObject *ob_type;
  long value;
};

int exec_module(PyObject *module) {
  PyObject *number = PyLong_FromLong(1);
  if (number == nullptr) {
    return -1;
  }
  long value = reinterpret_cast<Mirror *>(number)->value;
  Py_DECREF(number);
  return PyModule_AddIntConstant(module, "read", value);
}

PyModuleDef_Slot slots[] = {
    {Py_mod_exec, reinterpret_cast<void *>(exec_module)},
#if PY_VERSION_HEX >= 0x030D0000
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, nullptr},
};

PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "object_layout_cxx", nullptr, 0, nullptr, slots, nullptr, nullptr, nullptr,
};

}  // namespace

PyMODINIT_FUNC PyInit_object_layout_cxx() { return PyModuleDef_Init(&definition); }
