// The module of bad.c; Python takes the reference if the object still lives.
#include <Python.h>

#if PY_VERSION_HEX < 0x030E0000
static inline int PyUnstable_TryIncRef(PyObject *object) {
  if (Py_REFCNT(object) > 0) {
    Py_INCREF(object);
    return 1;
  }
  return 0;
}

static inline void PyUnstable_EnableTryIncRef(PyObject *object) {
  (void)object;
}
#endif

static PyObject *remember(PyObject *module, PyObject *object) {
  PyUnstable_EnableTryIncRef(object);
  return PyCapsule_New(object, "weak", NULL);
}

static PyObject *resolve(PyObject *module, PyObject *capsule) {
  PyObject *object = PyCapsule_GetPointer(capsule, "weak");
  if (object == NULL) {
    return NULL;
  }
  if (PyUnstable_TryIncRef(object)) {
    return object;
  }
  Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"remember", remember, METH_O, NULL},
    {"resolve", resolve, METH_O, NULL},
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
    .m_name = "try_incref_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_try_incref_good(void) {
  return PyModuleDef_Init(&definition);
}
