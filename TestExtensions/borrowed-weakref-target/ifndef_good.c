// The old function is for older releases alone.
#include <Python.h>

static PyObject *resolve(PyObject *module, PyObject *ref) {
  PyObject *object;
#if PY_VERSION_HEX >= 0x030D0000
  if (PyWeakref_GetRef(ref, &object) < 0) {
    return NULL;
  }
#else
  object = PyWeakref_GetObject(ref);
  Py_XINCREF(object);
  if (object == NULL) {
    return NULL;
  }
#endif
  return object != NULL ? object : Py_NewRef(Py_None);
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
    .m_name = "borrowed_weakref_target_ifndef_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_weakref_target_ifndef_good(void) {
  return PyModuleDef_Init(&definition);
}
