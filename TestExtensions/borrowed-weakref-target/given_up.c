// The strong reference is given up before the object is used: then it is as good as the borrowed one
// of the old function.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000
static inline int PyWeakref_GetRef(PyObject *ref, PyObject **object) {
  PyObject *target = PyWeakref_GetObject(ref);
  *object = target == NULL || target == Py_None ? NULL : Py_NewRef(target);
  return target == NULL ? -1 : *object != NULL;
}
#endif

static PyObject *describe(PyObject *module, PyObject *ref) {
  PyObject *object = NULL;
  // expect-missing: borrowed-weakref-target  that the reference is given up before the use is not seen
  if (PyWeakref_GetRef(ref, &object) <= 0) {
    return PyErr_Occurred() ? NULL : Py_NewRef(Py_None);
  }
  Py_DECREF(object);
  return PyObject_Repr(object);
}

static PyObject *target_of(PyObject *ref) {
  PyObject *object = NULL;
  // expect-missing: borrowed-weakref-target  that the reference is given up before the return is not seen
  int found = PyWeakref_GetRef(ref, &object);
  if (found > 0) {
    Py_DECREF(object);
  }
  return found == 0 ? Py_None : object;
}

static PyObject *target(PyObject *module, PyObject *ref) {
  return Py_XNewRef(target_of(ref));
}

static PyMethodDef methods[] = {
    {"describe", describe, METH_O, NULL},
    {"target", target, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_gil
    // expect-missing: declared-safe-but-hazardous  the hazard is not found
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "borrowed_weakref_target_given_up",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_weakref_target_given_up(void) {
  return PyModuleDef_Init(&definition);
}
