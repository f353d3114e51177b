inline PyObject *string_module() {
  static PyObject *module = PyImport_ImportModule("string");  // expect: magic-static-deadlock
  return module;
}
