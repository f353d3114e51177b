// The project's macro for weak entries; the finding stands where it is used.
#include <Python.h>

#define TRY_INCREF(object) (Py_REFCNT(object) > 0 ? (Py_INCREF(object), 1) : 0)

static PyObject *resolve(PyObject *module, PyObject *capsule) {
  PyObject *object = PyCapsule_GetPointer(capsule, "weak");
  if (object == NULL) {
    return NULL;
  }
  if (!TRY_INCREF(object)) {  // expect: try-incref
    Py_RETURN_NONE;
  }
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
    .m_name = "try_incref_macro",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_try_incref_macro(void) {
  return PyModuleDef_Init(&definition);
}
