// The array of the list is walked over directly; a list that grows gets another one.
#include <Python.h>

static PyObject *same_type(PyObject *module, PyObject *object) {
  if (!PyList_CheckExact(object)) {
    Py_RETURN_FALSE;
  }
  PyListObject *list = (PyListObject *)object;
  for (Py_ssize_t i = 1; i < PyList_GET_SIZE(object); i++) {
    // expect: raw-container-access
    // expect: borrowed-from-shared-container
    if (Py_TYPE(list->ob_item[i]) != Py_TYPE(list->ob_item[0])) {
      Py_RETURN_FALSE;
    }
  }
  Py_RETURN_TRUE;
}

static PyMethodDef methods[] = {
    {"same_type", same_type, METH_O, NULL},
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
    .m_name = "raw_container_access_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_raw_container_access_bad(void) {
  return PyModuleDef_Init(&definition);
}
