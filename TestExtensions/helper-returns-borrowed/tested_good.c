// All that the callers want is whether there is something, and whether it is None.
#include <Python.h>

static PyObject *known;

static int exec_module(PyObject *module) {
  known = PyDict_New();
  return known == NULL ? -1 : 0;
}

static PyObject *find(PyObject *name) {
  return PyDict_GetItemWithError(known, name);
}

static PyObject *add(PyObject *module, PyObject *name) {
  return PyDict_SetItem(known, name, Py_None) < 0 ? NULL : Py_NewRef(Py_None);
}

static PyObject *is_known(PyObject *module, PyObject *name) {
  if (find(name) != NULL) {
    Py_RETURN_TRUE;
  }
  return PyErr_Occurred() ? NULL : Py_NewRef(Py_False);
}

static PyObject *is_none(PyObject *module, PyObject *name) {
  PyObject *value = find(name);
  return PyErr_Occurred() ? NULL : PyBool_FromLong(value == Py_None);
}

static PyMethodDef methods[] = {
    {"add", add, METH_O, NULL},
    {"is_known", is_known, METH_O, NULL},
    {"is_none", is_none, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "helper_returns_borrowed_tested_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_helper_returns_borrowed_tested_good(void) {
  return PyModuleDef_Init(&definition);
}
