#include <Python.h>

#include "gauge.h"

PyObject *unsynchronised_field_two_files_bad_add(PyObject *op, PyObject *arg) {
  Gauge *self = (Gauge *)op;
  double value = PyFloat_AsDouble(arg);
  if (value == -1.0 && PyErr_Occurred()) {
    return NULL;
  }
  self->value += value * self->factor;
  Py_RETURN_NONE;
}
