// The module of bad.c; the setter and the caller hold a lock, the caller just until it has a
// reference of its own.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef char PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

static PyMutex lock;
static PyObject *callback;

static PyObject *set_callback(PyObject *module, PyObject *function) {
  PyMutex_Lock(&lock);
  PyObject *old = callback;
  callback = Py_NewRef(function);
  PyMutex_Unlock(&lock);
  Py_XDECREF(old);
  Py_RETURN_NONE;
}

static PyObject *notify(PyObject *module, PyObject *event) {
  PyMutex_Lock(&lock);
  PyObject *function = Py_XNewRef(callback);
  PyMutex_Unlock(&lock);
  if (function == NULL) {
    Py_RETURN_NONE;
  }
  PyObject *result = PyObject_CallOneArg(function, event);
  Py_DECREF(function);
  return result;
}

static PyMethodDef methods[] = {
    {"set_callback", set_callback, METH_O, NULL},
    {"notify", notify, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "mutable_static_object_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_mutable_static_object_good(void) {
  return PyModuleDef_Init(&definition);
}
