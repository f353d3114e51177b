#include <Python.h>

#include "lookup.h"

PyObject *helper_returns_borrowed_header_colour(PyObject *module, PyObject *options) {
  PyObject *value = get_option(options, "colour");
  return value == NULL ? PyUnicode_FromString("black") : PyObject_Str(value);
}
