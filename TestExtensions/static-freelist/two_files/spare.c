#include <Python.h>

#include "cell.h"

Cell *two_files_free[16];  // expect: static-freelist
int two_files_free_count;

void two_files_dealloc(PyObject *self) {
  if (two_files_free_count < 16) {
    two_files_free[two_files_free_count++] = (Cell *)self;
  } else {
    Py_TYPE(self)->tp_free(self);
  }
}
