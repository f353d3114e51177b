// The borrowed reference comes back through a pointer.
#include <Python.h>

static int find(PyObject *mapping, const char *key, PyObject **value) {  // expect: helper-returns-borrowed
  *value = PyDict_GetItemString(mapping, key);
  if (*value == NULL) {
    PyErr_Format(PyExc_KeyError, "no '%s'", key);
    return -1;
  }
  return 0;
}

static PyObject *area(PyObject *module, PyObject *shape) {
  PyObject *width, *height;
  if (find(shape, "width", &width) < 0 || find(shape, "height", &height) < 0) {
    return NULL;
  }
  return PyNumber_Multiply(width, height);
}

static PyMethodDef methods[] = {
    {"area", area, METH_O, NULL},
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
    .m_name = "helper_returns_borrowed_out_parameter",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_helper_returns_borrowed_out_parameter(void) {
  return PyModuleDef_Init(&definition);
}
