// Makes the module, in a header.
#ifndef SINGLE_PHASE_HEADER_H
#define SINGLE_PHASE_HEADER_H

#include <Python.h>

static inline PyObject *create(struct PyModuleDef *definition) {
  PyObject *module = PyModule_Create(definition);
  if (module == NULL) {
    return NULL;
  }
  return module;
}

#endif
