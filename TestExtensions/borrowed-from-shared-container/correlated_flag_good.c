// Only what the call returned is a list here; the argument itself is a string. The flag that says so
// is not understood, and the finding names the argument.
#include <Python.h>

static PyObject *replacement(PyObject *module, PyObject *template) {
  int is_list = 0;
  PyObject *parts;
  if (PyUnicode_Check(template)) {
    parts = Py_NewRef(template);
  } else {
    parts = PySequence_List(template);
    if (parts == NULL) {
      return NULL;
    }
    is_list = 1;
  }
  PyObject *result;
  if (is_list) {
    // expect-wrong: borrowed-from-shared-container  where the flag is set the list is this call's own
    PyObject *first = PyList_GetItem(parts, 0);
    result = first == NULL ? NULL : PyObject_Str(first);
  } else {
    result = Py_NewRef(parts);
  }
  Py_DECREF(parts);
  return result;
}

static PyMethodDef methods[] = {
    {"replacement", replacement, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_gil
    // expect-wrong: declared-safe-but-hazardous  there is no hazard
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "borrowed_from_shared_container_correlated_flag_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_correlated_flag_good(void) {
  return PyModuleDef_Init(&definition);
}
