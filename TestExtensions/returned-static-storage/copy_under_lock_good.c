// The lock is held until the buffer has been copied; the copy is returned.
#include <Python.h>
#include <stdio.h>
#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef char PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

static PyMutex lock;
static char text[32];

static const char *temperature(double celsius) {
  PyMutex_Lock(&lock);
  snprintf(text, sizeof(text), "%.1f degrees", celsius);
  char *copy = strdup(text);
  PyMutex_Unlock(&lock);
  return copy;
}

static PyObject *describe(PyObject *module, PyObject *value) {
  double celsius = PyFloat_AsDouble(value);
  if (celsius == -1.0 && PyErr_Occurred()) {
    return NULL;
  }
  const char *copy = temperature(celsius);
  PyObject *result = copy == NULL ? PyErr_NoMemory() : PyUnicode_FromString(copy);
  free((char *)copy);
  return result;
}

static PyMethodDef methods[] = {
    {"describe", describe, METH_O, NULL},
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
    .m_name = "returned_static_storage_copy_under_lock_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_returned_static_storage_copy_under_lock_good(void) {
  return PyModuleDef_Init(&definition);
}
