// The module of bad.c with strong references.
#include <Python.h>

static PyObject *attribute_of(const char *module_name, PyObject *name) {
  PyObject *module = PyImport_ImportModule(module_name);
  PyObject *value = module == NULL ? NULL : PyObject_GetAttr(module, name);
  Py_XDECREF(module);
  return value;
}

static PyObject *say(PyObject *module, PyObject *text) {
  PyObject *name = PyUnicode_FromString("stdout");
  PyObject *stream = name == NULL ? NULL : attribute_of("sys", name);
  Py_XDECREF(name);
  if (stream == NULL) {
    return NULL;
  }
  int result = stream == Py_None ? 0 : PyFile_WriteObject(text, stream, Py_PRINT_RAW);
  Py_DECREF(stream);
  return result < 0 ? NULL : Py_NewRef(Py_None);
}

static PyObject *in_main(PyObject *module, PyObject *name) {
  return attribute_of("__main__", name);
}

static PyMethodDef methods[] = {
    {"say", say, METH_O, NULL},
    {"in_main", in_main, METH_O, NULL},
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
    .m_name = "borrowed_namespace_lookup_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_namespace_lookup_good(void) {
  return PyModuleDef_Init(&definition);
}
