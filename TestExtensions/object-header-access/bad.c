// Type and size are read out of the header, where another thread may replace them.
#include <Python.h>

static PyObject *describe(PyObject *module, PyObject *object) {
  const char *name = object->ob_type->tp_name;  // expect: object-header-access
  if (PyBytes_Check(object)) {
    Py_ssize_t size = ((PyVarObject *)object)->ob_size;  // expect: object-header-access
    return PyUnicode_FromFormat("%s of %zd", name, size);
  }
  return PyUnicode_FromString(name);
}

static PyMethodDef methods[] = {
    {"describe", describe, METH_O, NULL},
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
    .m_name = "object_header_access_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_object_header_access_bad(void) {
  return PyModuleDef_Init(&definition);
}
