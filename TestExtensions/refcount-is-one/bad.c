// A list that nobody else seems to have is sorted in place; another thread may have it all the same.
#include <Python.h>

static PyObject *ordered(PyObject *module, PyObject *values) {
  PyObject *list;
  if (PyList_CheckExact(values) && Py_REFCNT(values) == 1) {  // expect: refcount-is-one
    list = Py_NewRef(values);
  } else {
    list = PySequence_List(values);
    if (list == NULL) {
      return NULL;
    }
  }
  if (PyList_Sort(list) < 0) {
    Py_DECREF(list);
    return NULL;
  }
  return list;
}

static PyMethodDef methods[] = {
    {"ordered", ordered, METH_O, NULL},
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
    .m_name = "refcount_is_one_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_refcount_is_one_bad(void) {
  return PyModuleDef_Init(&definition);
}
