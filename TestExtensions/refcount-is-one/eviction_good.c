// Statistics about counts decide nothing about the objects; a copy is made whatever the count says.
#include <Python.h>

static PyObject *profile(PyObject *module, PyObject *items) {
  if (!PyTuple_Check(items)) {
    PyErr_SetString(PyExc_TypeError, "a tuple");
    return NULL;
  }
  Py_ssize_t single = 0, shared = 0;
  for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(items); i++) {
    Py_ssize_t count = Py_REFCNT(PyTuple_GET_ITEM(items, i));
    if (count > 1000) {
      continue;
    }
    single += count == 1;
    shared += count != 1;
  }
  PyObject *copy = PyTuple_GetSlice(items, 0, PyTuple_GET_SIZE(items));
  return copy == NULL ? NULL : Py_BuildValue("Nnn", copy, single, shared);
}

static PyMethodDef methods[] = {
    {"profile", profile, METH_O, NULL},
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
    .m_name = "refcount_is_one_eviction_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_refcount_is_one_eviction_good(void) {
  return PyModuleDef_Init(&definition);
}
