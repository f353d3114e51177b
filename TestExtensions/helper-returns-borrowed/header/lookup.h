#ifndef LOOKUP_H
#define LOOKUP_H

static inline PyObject *get_option(PyObject *options, const char *name) {  // expect: helper-returns-borrowed
  return options == Py_None ? NULL : PyDict_GetItemString(options, name);
}

#endif
