// Is there such a thing? Nothing is done with it.
#include <Python.h>

static PyObject *is_interactive(PyObject *module, PyObject *unused) {
  return PyBool_FromLong(PySys_GetObject("ps1") != NULL);
}

static PyObject *has_output(PyObject *module, PyObject *unused) {
  PyObject *stream = PySys_GetObject("stdout");
  if (stream == NULL || stream == Py_None) {
    Py_RETURN_FALSE;
  }
  Py_RETURN_TRUE;
}

static PyMethodDef methods[] = {
    {"is_interactive", is_interactive, METH_NOARGS, NULL},
    {"has_output", has_output, METH_NOARGS, NULL},
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
    .m_name = "borrowed_namespace_lookup_tested_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_namespace_lookup_tested_good(void) {
  return PyModuleDef_Init(&definition);
}
