// The pointer's target gets a reference of its own.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000
static inline int PyDict_GetItemStringRef(PyObject *dict, const char *key, PyObject **value) {
  *value = Py_XNewRef(PyDict_GetItemString(dict, key));
  return *value != NULL;
}
#endif

static int find(PyObject *mapping, const char *key, PyObject **value) {
  int found = PyDict_GetItemStringRef(mapping, key, value);
  if (found == 0) {
    PyErr_Format(PyExc_KeyError, "no '%s'", key);
  }
  return found > 0 ? 0 : -1;
}

static PyObject *area(PyObject *module, PyObject *shape) {
  PyObject *width = NULL, *height = NULL, *area = NULL;
  if (find(shape, "width", &width) == 0 && find(shape, "height", &height) == 0) {
    area = PyNumber_Multiply(width, height);
  }
  Py_XDECREF(width);
  Py_XDECREF(height);
  return area;
}

static PyMethodDef methods[] = {
    {"area", area, METH_O, NULL},
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
    .m_name = "helper_returns_borrowed_out_parameter_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_helper_returns_borrowed_out_parameter_good(void) {
  return PyModuleDef_Init(&definition);
}
