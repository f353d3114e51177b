// The object is held by another reference, which is the one that is used.
#include <Python.h>

static PyObject *observe(PyObject *module, PyObject *object) {
  PyObject *ref = PyWeakref_NewRef(object, NULL);
  if (ref == NULL) {
    return NULL;
  }
  PyObject *same = PyWeakref_GetObject(ref);
  PyObject *result = same == object ? PyObject_Repr(object) : Py_NewRef(Py_None);
  Py_DECREF(ref);
  return result;
}

static PyMethodDef methods[] = {
    {"observe", observe, METH_O, NULL},
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
    .m_name = "borrowed_weakref_target_held_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_weakref_target_held_good(void) {
  return PyModuleDef_Init(&definition);
}
