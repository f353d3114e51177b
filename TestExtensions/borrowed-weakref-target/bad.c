// The weak reference keeps nothing alive: the object can go before the reference to it is taken.
#include <Python.h>

static PyObject *resolve(PyObject *module, PyObject *ref) {
  PyObject *object = PyWeakref_GetObject(ref);  // expect: borrowed-weakref-target
  if (object == NULL) {
    return NULL;
  }
  Py_INCREF(object);
  return object;
}

static PyObject *describe(PyObject *module, PyObject *ref) {
  if (!PyWeakref_Check(ref)) {
    Py_RETURN_NONE;
  }
  PyObject *object = PyWeakref_GET_OBJECT(ref);  // expect: borrowed-weakref-target
  return PyUnicode_FromFormat("ref to %R", object);
}

static PyMethodDef methods[] = {
    {"resolve", resolve, METH_O, NULL},
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
    .m_name = "borrowed_weakref_target_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_weakref_target_bad(void) {
  return PyModuleDef_Init(&definition);
}
