// Every way out of the function releases the strong references.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000
static inline int PyDict_GetItemStringRef(PyObject *dict, const char *key, PyObject **value) {
  *value = Py_XNewRef(PyDict_GetItemString(dict, key));
  return *value != NULL;
}
#endif

static PyObject *render(PyObject *module, PyObject *context) {
  PyObject *result = NULL, *title = NULL, *body = NULL;
  if (PyDict_GetItemStringRef(context, "title", &title) <= 0) {
    goto missing;
  }
  if (PyDict_GetItemStringRef(context, "body", &body) <= 0) {
    goto missing;
  }
  result = PyUnicode_FromFormat("<h1>%S</h1><p>%S</p>", title, body);
  goto done;
missing:
  if (!PyErr_Occurred()) {
    PyErr_SetString(PyExc_KeyError, "title and body");
  }
done:
  Py_XDECREF(title);
  Py_XDECREF(body);
  return result;
}

static PyMethodDef methods[] = {
    {"render", render, METH_O, NULL},
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
    .m_name = "borrowed_from_shared_container_goto_cleanup_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_goto_cleanup_good(void) {
  return PyModuleDef_Init(&definition);
}
