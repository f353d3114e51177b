// The lock is held while the buffer is filled, and released before anybody reads it.
#include <Python.h>
#include <stdio.h>
#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef char PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

static PyMutex lock;
static char text[32];  // expect: returned-static-storage

static const char *temperature(double celsius) {
  PyMutex_Lock(&lock);
  snprintf(text, sizeof(text), "%.1f degrees", celsius);
  PyMutex_Unlock(&lock);
  return text;
}

static PyObject *describe(PyObject *module, PyObject *value) {
  double celsius = PyFloat_AsDouble(value);
  if (celsius == -1.0 && PyErr_Occurred()) {
    return NULL;
  }
  return PyUnicode_FromString(temperature(celsius));
}

static PyMethodDef methods[] = {
    {"describe", describe, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "returned_static_storage_lock_released",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_returned_static_storage_lock_released(void) {
  return PyModuleDef_Init(&definition);
}
