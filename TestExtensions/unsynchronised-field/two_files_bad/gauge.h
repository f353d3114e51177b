#ifndef GAUGE_H
#define GAUGE_H

typedef struct {
  PyObject_HEAD
  double value;  // expect: unsynchronised-field
  double factor;
} Gauge;

PyObject *unsynchronised_field_two_files_bad_add(PyObject *op, PyObject *arg);

#endif
