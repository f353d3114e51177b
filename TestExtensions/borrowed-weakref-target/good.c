// The module of bad.c; what comes back is a strong reference or nothing.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000
static inline int PyWeakref_GetRef(PyObject *ref, PyObject **object) {
  *object = PyWeakref_GetObject(ref);
  if (*object == NULL || *object == Py_None) {
    *object = NULL;
    return 0;
  }
  Py_INCREF(*object);
  return 1;
}
#endif

static PyObject *resolve(PyObject *module, PyObject *ref) {
  PyObject *object;
  if (PyWeakref_GetRef(ref, &object) < 0) {
    return NULL;
  }
  return object != NULL ? object : Py_NewRef(Py_None);
}

static PyObject *describe(PyObject *module, PyObject *ref) {
  PyObject *object;
  if (PyWeakref_GetRef(ref, &object) < 0) {
    return NULL;
  }
  PyObject *text = PyUnicode_FromFormat("ref to %R", object != NULL ? object : Py_None);
  Py_XDECREF(object);
  return text;
}

static PyMethodDef methods[] = {
    {"resolve", resolve, METH_O, NULL},
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
    .m_name = "borrowed_weakref_target_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_weakref_target_good(void) {
  return PyModuleDef_Init(&definition);
}
