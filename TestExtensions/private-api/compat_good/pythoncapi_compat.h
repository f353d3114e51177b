// Header file providing new C API functions to old Python versions.
#pragma once
#include <Python.h>

static inline int compat_HasDict(PyObject *object) {
  PyObject **place = _PyObject_GetDictPtr(object);
  return place != NULL;
}

#ifndef Py_CompatInternalSign
static inline int Py_CompatInternalSign(PyObject *number) { return _PyLong_Sign(number); }
#endif
