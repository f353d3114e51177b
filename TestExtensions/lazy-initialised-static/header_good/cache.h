static PyObject *re;

static inline int load_re(void) {
  if (re == NULL) {
    re = PyImport_ImportModule("re");
  }
  return re == NULL ? -1 : 0;
}
