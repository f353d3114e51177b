// References that in practice live on: globals of the running frame, defaults of a function.
#include <Python.h>

static PyObject *evaluate(PyObject *module, PyObject *source) {
  PyObject *globals = PyEval_GetGlobals();
  if (globals == NULL) {
    Py_RETURN_NONE;
  }
  PyObject *code = PyObject_Str(source);
  if (code == NULL) {
    return NULL;
  }
  const char *text = PyUnicode_AsUTF8(code);
  PyObject *result = text == NULL ? NULL : PyRun_String(text, Py_eval_input, globals, globals);
  Py_DECREF(code);
  return result;
}

static PyObject *defaults_of(PyObject *module, PyObject *function) {
  if (!PyFunction_Check(function)) {
    Py_RETURN_NONE;
  }
  PyObject *defaults = PyFunction_GetDefaults(function);
  PyObject *name = PyObject_GetAttrString(function, "__name__");
  if (name == NULL) {
    return NULL;
  }
  return Py_BuildValue("NO", name, defaults == NULL ? Py_None : defaults);
}

static PyMethodDef methods[] = {
    {"evaluate", evaluate, METH_O, NULL},
    {"defaults_of", defaults_of, METH_O, NULL},
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
    .m_name = "borrowed_across_yield_low_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_across_yield_low_good(void) {
  return PyModuleDef_Init(&definition);
}
