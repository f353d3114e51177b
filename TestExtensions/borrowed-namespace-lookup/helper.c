// A helper asks for it and takes a reference: too late, as everywhere.
#include <Python.h>

static PyObject *path_list(void) {
  return Py_XNewRef(PySys_GetObject("path"));  // expect: borrowed-namespace-lookup
}

static PyObject *path_size(PyObject *module, PyObject *unused) {
  PyObject *path = path_list();
  if (path == NULL) {
    Py_RETURN_NONE;
  }
  Py_ssize_t size = PyObject_Size(path);
  Py_DECREF(path);
  return size < 0 ? NULL : PyLong_FromSsize_t(size);
}

static PyMethodDef methods[] = {
    {"path_size", path_size, METH_NOARGS, NULL},
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
    .m_name = "borrowed_namespace_lookup_helper",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_namespace_lookup_helper(void) {
  return PyModuleDef_Init(&definition);
}
