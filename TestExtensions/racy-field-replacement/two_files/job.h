#ifndef JOB_H
#define JOB_H

typedef struct {
  PyObject_HEAD
  PyObject *input;
  PyObject *output;  // expect: racy-field-replacement
} Job;

PyObject *racy_field_replacement_two_files_finish(PyObject *self, PyObject *output);

#endif
