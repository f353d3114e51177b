// After the module was made its own code changes the table no more; Python code has it too.
#include <Python.h>

static PyObject *aliases;

static int exec_module(PyObject *module) {
  aliases = Py_BuildValue("{s:s,s:s}", "latin1", "iso-8859-1", "utf8", "utf-8");
  if (aliases == NULL) {
    return -1;
  }
  return PyModule_AddObjectRef(module, "aliases", aliases);
}

static PyObject *normalise(PyObject *module, PyObject *name) {
  PyObject *value = PyDict_GetItemWithError(aliases, name);  // expect: borrowed-from-shared-container
  if (value == NULL) {
    return PyErr_Occurred() ? NULL : Py_NewRef(name);
  }
  return Py_NewRef(value);
}

static PyMethodDef methods[] = {
    {"normalise", normalise, METH_O, NULL},
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
    .m_name = "borrowed_from_shared_container_read_only",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_read_only(void) {
  return PyModuleDef_Init(&definition);
}
