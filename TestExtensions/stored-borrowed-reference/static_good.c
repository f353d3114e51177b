// The variable owns what is in it.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef int PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

static PyMutex lock;
static PyObject *observer;

static PyObject *observe(PyObject *module, PyObject *function) {
  Py_INCREF(function);
  PyMutex_Lock(&lock);
  PyObject *old = observer;
  observer = function;
  PyMutex_Unlock(&lock);
  Py_XDECREF(old);
  Py_RETURN_NONE;
}

static PyObject *notify(PyObject *module, PyObject *event) {
  PyMutex_Lock(&lock);
  PyObject *function = Py_XNewRef(observer);
  PyMutex_Unlock(&lock);
  if (function == NULL) {
    Py_RETURN_NONE;
  }
  PyObject *result = PyObject_CallOneArg(function, event);
  Py_DECREF(function);
  return result;
}

static PyMethodDef methods[] = {
    {"observe", observe, METH_O, NULL},
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
    .m_name = "stored_borrowed_reference_static_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_stored_borrowed_reference_static_good(void) {
  return PyModuleDef_Init(&definition);
}
