// One of the two files is limited.
#define Py_LIMITED_API 0x030D0000  // expect: limited-api-on-free-threaded
#include <Python.h>

int limited_api_two_files_exec(PyObject *module) {
  return PyModule_AddIntConstant(module, "version", 1);
}
