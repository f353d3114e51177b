// The count itself is the condition, of an if and of '?:'.
#include <Python.h>

static PyObject *resolve(PyObject *module, PyObject *capsule) {
  PyObject *object = PyCapsule_GetPointer(capsule, "weak");
  if (object != NULL) {
    if (Py_REFCNT(object)) {  // expect: try-incref
      Py_INCREF(object);
    } else {
      object = Py_NewRef(Py_None);
    }
  }
  return object;
}

static PyObject *resolve_or_none(PyObject *module, PyObject *capsule) {
  PyObject *object = PyCapsule_GetPointer(capsule, "weak");
  if (object == NULL) {
    return NULL;
  }
  return Py_REFCNT(object) != 0 ? Py_NewRef(object) : Py_NewRef(Py_None);  // expect: try-incref
}

static PyMethodDef methods[] = {
    {"resolve", resolve, METH_O, NULL},
    {"resolve_or_none", resolve_or_none, METH_O, NULL},
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
    .m_name = "try_incref_condition",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_try_incref_condition(void) {
  return PyModuleDef_Init(&definition);
}
