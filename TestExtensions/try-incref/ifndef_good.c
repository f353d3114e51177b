// The old way is for the build with the GIL alone.
#include <Python.h>

static PyObject *resolve(PyObject *module, PyObject *capsule) {
  PyObject *object = PyCapsule_GetPointer(capsule, "weak");
  if (object == NULL) {
    return NULL;
  }
#ifdef Py_GIL_DISABLED
  if (PyUnstable_TryIncRef(object)) {
    return object;
  }
#else
  if (Py_REFCNT(object) > 0) {
    return Py_NewRef(object);
  }
#endif
  Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
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
    .m_name = "try_incref_ifndef_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_try_incref_ifndef_good(void) {
  return PyModuleDef_Init(&definition);
}
