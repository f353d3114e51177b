#include <Python.h>

#include "cache.h"

PyObject *lazy_initialised_static_header_other(PyObject *module, PyObject *text) {
  PyObject *re = get_re();
  return re == NULL ? NULL : PyObject_CallMethod(re, "escape", "O", text);
}
