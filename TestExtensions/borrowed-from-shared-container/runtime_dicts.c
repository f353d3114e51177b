// Dicts that belong to everybody: the modules, the globals of the caller, those of a type.
#include <Python.h>

static PyObject *loaded(PyObject *module, PyObject *name) {
  PyObject *modules = PyImport_GetModuleDict();
  PyObject *found = PyDict_GetItemWithError(modules, name);  // expect: borrowed-from-shared-container
  if (found == NULL) {
    return PyErr_Occurred() ? NULL : Py_NewRef(Py_None);
  }
  return PyObject_GetAttrString(found, "__name__");
}

static PyObject *caller_name(PyObject *module, PyObject *unused) {
  PyObject *globals = PyEval_GetGlobals();
  PyObject *name = NULL;
  if (globals != NULL) {
    name = PyDict_GetItemString(globals, "__name__");  // expect: borrowed-from-shared-container
  }
  return name != NULL ? Py_NewRef(name) : PyUnicode_FromString("?");
}

static PyObject *own_attribute(PyObject *module, PyObject *args) {
  PyObject *type, *name;
  if (!PyArg_ParseTuple(args, "O!U", &PyType_Type, &type, &name)) {
    return NULL;
  }
  PyObject *dict = ((PyTypeObject *)type)->tp_dict;
  PyObject *value =
      dict == NULL ? NULL : PyDict_GetItemWithError(dict, name);  // expect: borrowed-from-shared-container
  return value != NULL || PyErr_Occurred() ? Py_XNewRef(value) : Py_NewRef(Py_None);
}

static PyMethodDef methods[] = {
    {"loaded", loaded, METH_O, NULL},
    {"caller_name", caller_name, METH_NOARGS, NULL},
    {"own_attribute", own_attribute, METH_VARARGS, NULL},
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
    .m_name = "borrowed_from_shared_container_runtime_dicts",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_runtime_dicts(void) {
  return PyModuleDef_Init(&definition);
}
