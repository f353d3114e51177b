// Makes the module, in a header.
#ifndef SINGLE_PHASE_HEADER_GOOD_H
#define SINGLE_PHASE_HEADER_GOOD_H

#include <Python.h>

static inline PyObject *create(struct PyModuleDef *definition) {
  PyObject *module = PyModule_Create(definition);
  if (module == NULL) {
    return NULL;
  }
#ifdef Py_GIL_DISABLED
  if (PyUnstable_Module_SetGIL(module, Py_MOD_GIL_NOT_USED) < 0) {
    Py_DECREF(module);
    return NULL;
  }
#endif
  return module;
}

#endif
