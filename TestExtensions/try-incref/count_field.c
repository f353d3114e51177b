// The count is read from the object itself, whose fields have other names without the GIL.
#include <Python.h>

#ifdef Py_GIL_DISABLED
#define HAS_REFERENCES(object) ((object)->ob_ref_local != 0 || (object)->ob_ref_shared > 0)
#else
#define HAS_REFERENCES(object) ((object)->ob_refcnt > 0)
#endif

static PyObject *resolve(PyObject *module, PyObject *capsule) {
  PyObject *object = PyCapsule_GetPointer(capsule, "weak");
  if (object == NULL) {
    return NULL;
  }
  if (HAS_REFERENCES(object)) {  // expect: try-incref
    return Py_NewRef(object);
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
    .m_name = "try_incref_count_field",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_try_incref_count_field(void) {
  return PyModuleDef_Init(&definition);
}
