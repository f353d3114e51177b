// The variable first holds a new reference to nobody else's object and then a borrowed one.
#include <Python.h>

static PyObject *describe(PyObject *module, PyObject *mapping) {
  PyObject *value = PyUnicode_FromString("name");
  if (value == NULL) {
    return NULL;
  }
  PyObject *key = value;
  value = PyDict_GetItemWithError(mapping, key);  // expect: borrowed-from-shared-container
  Py_DECREF(key);
  if (value == NULL) {
    return PyErr_Occurred() ? NULL : PyUnicode_FromString("nobody");
  }
  return PyObject_Repr(value);
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
    .m_name = "borrowed_from_shared_container_reassigned",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_reassigned(void) {
  return PyModuleDef_Init(&definition);
}
