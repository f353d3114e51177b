// The module of bad.c; only where the interpreter says so is the list a temporary one.
#include <Python.h>

static int is_temporary(PyObject *object) {
#if PY_VERSION_HEX >= 0x030E0000
  return PyUnstable_Object_IsUniqueReferencedTemporary(object);
#else
  return 0;
#endif
}

static PyObject *ordered(PyObject *module, PyObject *values) {
  PyObject *list;
  if (PyList_CheckExact(values) && is_temporary(values)) {
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "refcount_is_one_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_refcount_is_one_good(void) {
  return PyModuleDef_Init(&definition);
}
