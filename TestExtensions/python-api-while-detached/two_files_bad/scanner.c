#include "scanner.h"

static Py_ssize_t complain(Py_ssize_t position) {
  PyErr_Format(PyExc_ValueError, "null at %zd", position);  // expect: python-api-while-detached
  return -1;
}

Py_ssize_t detached_api_scan(const char *text, Py_ssize_t size) {
  Py_ssize_t words = 0;
  int inside = 0;
  for (Py_ssize_t i = 0; i < size; i++) {
    if (text[i] == '\0') {
      return complain(i);
    }
    int letter = text[i] != ' ' && text[i] != '\n';
    words += letter && !inside;
    inside = letter;
  }
  return words;
}
