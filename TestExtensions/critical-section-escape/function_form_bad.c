// The functions are called directly; the exit for an empty list comes before the end.
#include <Python.h>

static PyObject *last_item(PyObject *module, PyObject *list) {
  if (!PyList_Check(list)) {
    PyErr_SetString(PyExc_TypeError, "a list");
    return NULL;
  }
#ifdef Py_GIL_DISABLED
  PyCriticalSection section;
  PyCriticalSection_Begin(&section, list);  // expect: critical-section-escape
#endif
  Py_ssize_t size = PyList_GET_SIZE(list);
  if (size == 0) {
    Py_RETURN_NONE;
  }
  PyObject *item = Py_NewRef(PyList_GET_ITEM(list, size - 1));
#ifdef Py_GIL_DISABLED
  PyCriticalSection_End(&section);
#endif
  return item;
}

static PyMethodDef methods[] = {
    {"last_item", last_item, METH_O, NULL},
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
    .m_name = "critical_section_escape_function_form_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_critical_section_escape_function_form_bad(void) {
  return PyModuleDef_Init(&definition);
}
