// The size is asked for once; the list may be shorter before the loop comes to its end.
#include <Python.h>

static PyObject *count_text(PyObject *module, PyObject *list) {
  if (!PyList_Check(list)) {
    PyErr_SetString(PyExc_TypeError, "a list");
    return NULL;
  }
  Py_ssize_t size = PyList_GET_SIZE(list);  // expect: cached-size-loop
  Py_ssize_t found = 0;
  for (Py_ssize_t i = 0; i < size; i++) {
    // expect: borrowed-from-shared-container
    if (PyUnicode_Check(PyList_GET_ITEM(list, i))) {
      found++;
    }
  }
  return PyLong_FromSsize_t(found);
}

static PyMethodDef methods[] = {
    {"count_text", count_text, METH_O, NULL},
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
    .m_name = "cached_size_loop_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_cached_size_loop_bad(void) {
  return PyModuleDef_Init(&definition);
}
