// The writer holds a lock, the reader does not.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef char PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

static PyMutex lock;
static double scale = 1.0;  // expect: unsynchronised-static-scalar

static PyObject *set_scale(PyObject *module, PyObject *value) {
  double number = PyFloat_AsDouble(value);
  if (number == -1.0 && PyErr_Occurred()) {
    return NULL;
  }
  PyMutex_Lock(&lock);
  scale = number;
  PyMutex_Unlock(&lock);
  Py_RETURN_NONE;
}

static PyObject *apply(PyObject *module, PyObject *value) {
  double number = PyFloat_AsDouble(value);
  if (number == -1.0 && PyErr_Occurred()) {
    return NULL;
  }
  return PyFloat_FromDouble(number * scale);
}

static PyMethodDef methods[] = {
    {"set_scale", set_scale, METH_O, NULL},
    {"apply", apply, METH_O, NULL},
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
    .m_name = "unsynchronised_static_scalar_writer_locked",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unsynchronised_static_scalar_writer_locked(void) {
  return PyModuleDef_Init(&definition);
}
