// The count can fall to zero between the test and Py_INCREF, which then brings back a dead object.
#include <Python.h>

static PyObject *resolve(PyObject *module, PyObject *capsule) {
  PyObject *object = PyCapsule_GetPointer(capsule, "weak");
  if (object == NULL) {
    return NULL;
  }
  if (Py_REFCNT(object) > 0) {  // expect: try-incref
    Py_INCREF(object);
    return object;
  }
  Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"resolve", resolve, METH_O, NULL},
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
    .m_name = "try_incref_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_try_incref_bad(void) {
  return PyModuleDef_Init(&definition);
}
