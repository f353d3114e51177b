static PyThread_type_lock hook_lock;
static PyObject *hook;

static inline void replace_hook(PyObject *function) {
  PyThread_acquire_lock(hook_lock, WAIT_LOCK);
  PyObject *old = hook;
  hook = Py_XNewRef(function);
  PyThread_release_lock(hook_lock);
  Py_XDECREF(old);
}

static inline PyObject *call_hook(PyObject *argument) {
  PyThread_acquire_lock(hook_lock, WAIT_LOCK);
  PyObject *function = Py_XNewRef(hook);
  PyThread_release_lock(hook_lock);
  if (function == NULL) {
    Py_RETURN_NONE;
  }
  PyObject *result = PyObject_CallOneArg(function, argument);
  Py_DECREF(function);
  return result;
}
