// The test is the other way round: who gets past it takes the reference.
#include <Python.h>

static PyObject *resolve(PyObject *module, PyObject *capsule) {
  PyObject *object = PyCapsule_GetPointer(capsule, "weak");
  if (object == NULL || Py_REFCNT(object) == 0) {  // expect: try-incref
    PyErr_Clear();
    Py_RETURN_NONE;
  }
  Py_INCREF(object);
  return object;
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
    .m_name = "try_incref_early_return",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_try_incref_early_return(void) {
  return PyModuleDef_Init(&definition);
}
