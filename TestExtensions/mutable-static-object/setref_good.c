// The same macros under a lock that the reader holds too. The old object is released outside.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef char PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

static PyMutex lock;
static PyObject *encoder;

static PyObject *exchange(PyObject *function) {
  PyMutex_Lock(&lock);
  PyObject *old = encoder;
  encoder = function;
  PyMutex_Unlock(&lock);
  Py_XDECREF(old);
  Py_RETURN_NONE;
}

static PyObject *set_encoder(PyObject *module, PyObject *function) {
  return exchange(Py_NewRef(function));
}

static PyObject *reset(PyObject *module, PyObject *unused) {
  return exchange(NULL);
}

static PyObject *encode(PyObject *module, PyObject *object) {
  PyMutex_Lock(&lock);
  PyObject *function = Py_XNewRef(encoder);
  PyMutex_Unlock(&lock);
  if (function == NULL) {
    return PyObject_Str(object);
  }
  PyObject *result = PyObject_CallOneArg(function, object);
  Py_DECREF(function);
  return result;
}

static PyMethodDef methods[] = {
    {"set_encoder", set_encoder, METH_O, NULL},
    {"reset", reset, METH_NOARGS, NULL},
    {"encode", encode, METH_O, NULL},
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
    .m_name = "mutable_static_object_setref_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_mutable_static_object_setref_good(void) {
  return PyModuleDef_Init(&definition);
}
