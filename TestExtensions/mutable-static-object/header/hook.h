static PyObject *hook;  // expect: mutable-static-object

static inline void replace_hook(PyObject *function) {
  PyObject *old = hook;
  hook = Py_XNewRef(function);
  Py_XDECREF(old);
}

static inline PyObject *call_hook(PyObject *argument) {
  if (hook == NULL) {
    Py_RETURN_NONE;
  }
  return PyObject_CallOneArg(hook, argument);
}
