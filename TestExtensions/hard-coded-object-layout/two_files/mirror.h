// Shared by both sources; one finding, not two.
#ifndef OBJECT_LAYOUT_TWO_FILES_H
#define OBJECT_LAYOUT_TWO_FILES_H

#include <Python.h>

struct mirror {  // expect: hard-coded-object-layout
  Py_ssize_t ob_refcnt;
  PyTypeObject *ob_type;
  long value;
};

long object_layout_two_files_read(PyObject *object);

#endif
