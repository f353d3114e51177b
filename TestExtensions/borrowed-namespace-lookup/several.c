// One finding for each function that lends, at its first call.
#include <Python.h>

static PyObject *flush(PyObject *module, PyObject *unused) {
  PyObject *out = PySys_GetObject("stdout");  // expect: borrowed-namespace-lookup
  PyObject *result = out == NULL ? Py_NewRef(Py_None) : PyObject_CallMethod(out, "flush", NULL);
  if (result == NULL) {
    return NULL;
  }
  Py_DECREF(result);
  PyObject *error = PySys_GetObject("stderr");
  return error == NULL ? Py_NewRef(Py_None) : PyObject_CallMethod(error, "flush", NULL);
}

static PyObject *run(PyObject *module, PyObject *source) {
  const char *text = PyUnicode_AsUTF8(source);
  if (text == NULL) {
    return NULL;
  }
  PyObject *locals = PyEval_GetLocals();  // expect: borrowed-namespace-lookup
  PyObject *main_module = PyImport_AddModule("__main__");  // expect: borrowed-namespace-lookup
  if (locals == NULL || main_module == NULL) {
    return NULL;
  }
  return PyRun_String(text, Py_eval_input, PyModule_GetDict(main_module), locals);
}

static PyMethodDef methods[] = {
    {"flush", flush, METH_NOARGS, NULL},
    {"run", run, METH_O, NULL},
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
    .m_name = "borrowed_namespace_lookup_several",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_namespace_lookup_several(void) {
  return PyModuleDef_Init(&definition);
}
