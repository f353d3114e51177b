// Another thread can assign to the name in 'sys', or remove the module, while the object is used.
#include <Python.h>

static PyObject *say(PyObject *module, PyObject *text) {
  PyObject *stream = PySys_GetObject("stdout");  // expect: borrowed-namespace-lookup
  if (stream == NULL || stream == Py_None) {
    Py_RETURN_NONE;
  }
  return PyFile_WriteObject(text, stream, Py_PRINT_RAW) < 0 ? NULL : Py_NewRef(Py_None);
}

static PyObject *in_main(PyObject *module, PyObject *name) {
  PyObject *main_module = PyImport_AddModule("__main__");  // expect: borrowed-namespace-lookup
  return main_module == NULL ? NULL : PyObject_GetAttr(main_module, name);
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
    .m_name = "borrowed_namespace_lookup_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_namespace_lookup_bad(void) {
  return PyModuleDef_Init(&definition);
}
