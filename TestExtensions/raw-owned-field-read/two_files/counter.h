#ifndef COUNTER_H
#define COUNTER_H

typedef struct {
  PyObject_HEAD
  PyObject *step;  // expect: raw-owned-field-read
} Counter;

PyObject *raw_owned_field_read_two_files_next(PyObject *self, PyObject *value);

#endif
