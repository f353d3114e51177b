// What the test saw is not what the second call returns; one finding for the weak reference.
#include <Python.h>

static PyObject *call(PyObject *module, PyObject *ref) {
  if (!PyWeakref_Check(ref) ||
      PyWeakref_GET_OBJECT(ref) == Py_None) {
    PyErr_SetString(PyExc_ReferenceError, "the object is gone");
    return NULL;
  }
  return PyObject_CallNoArgs(PyWeakref_GET_OBJECT(ref));  // expect: borrowed-weakref-target
}

static PyMethodDef methods[] = {
    {"call", call, METH_O, NULL},
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
    .m_name = "borrowed_weakref_target_double_fetch",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_weakref_target_double_fetch(void) {
  return PyModuleDef_Init(&definition);
}
