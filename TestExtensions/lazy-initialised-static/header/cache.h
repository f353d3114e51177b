static inline PyObject *get_re(void) {
  static PyObject *re;  // expect: lazy-initialised-static
  if (re == NULL) {
    re = PyImport_ImportModule("re");
  }
  return re;
}
