// The count of references is read from a field that free-threaded objects do not have.
#include <Python.h>

static PyObject *report(PyObject *module, PyObject *object) {
  Py_ssize_t count = object->ob_refcnt;  // expect: object-header-access
  if (count > 1000) {
    return PyUnicode_FromFormat("%zd references", count);
  }
  return PyLong_FromSsize_t(count);
}

static PyMethodDef methods[] = {
    {"report", report, METH_O, NULL},
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
    .m_name = "object_header_access_refcount_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_object_header_access_refcount_bad(void) {
  return PyModuleDef_Init(&definition);
}
