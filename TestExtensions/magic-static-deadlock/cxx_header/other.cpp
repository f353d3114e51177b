#include <Python.h>

#include "modules.h"

PyObject *cxx_header_upper(PyObject *text) {
  PyObject *string = string_module();
  return string ? PyObject_CallMethod(string, "capwords", "O", text) : nullptr;
}
