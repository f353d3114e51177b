// The owners are an attribute, an instance's dict and the dict of the module.
#include <Python.h>

static PyObject *option(PyObject *module, PyObject *args) {
  PyObject *parser, *name;
  if (!PyArg_ParseTuple(args, "OU", &parser, &name)) {
    return NULL;
  }
  PyObject *options = PyObject_GetAttrString(parser, "options");
  if (options == NULL) {
    return NULL;
  }
  PyObject *value = PyDict_GetItemWithError(options, name);  // expect: borrowed-from-shared-container
  Py_XINCREF(value);
  Py_DECREF(options);
  return value != NULL || PyErr_Occurred() ? value : Py_NewRef(Py_None);
}

static PyObject *label(PyObject *module, PyObject *object) {
  PyObject *dict = PyObject_GenericGetDict(object, NULL);
  if (dict == NULL) {
    return NULL;
  }
  PyObject *label = PyDict_GetItemString(dict, "label");  // expect: borrowed-from-shared-container
  PyObject *result = label == NULL ? Py_NewRef(Py_None) : PyObject_Str(label);
  Py_DECREF(dict);
  return result;
}

static PyObject *debug_level(PyObject *module, PyObject *unused) {
  PyObject *dict = PyModule_GetDict(module);
  PyObject *level = PyDict_GetItemString(dict, "debug");  // expect: borrowed-from-shared-container
  return level == NULL ? PyLong_FromLong(0) : PyNumber_Long(level);
}

static PyMethodDef methods[] = {
    {"option", option, METH_VARARGS, NULL},
    {"label", label, METH_O, NULL},
    {"debug_level", debug_level, METH_NOARGS, NULL},
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
    .m_name = "borrowed_from_shared_container_attribute",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_attribute(void) {
  return PyModuleDef_Init(&definition);
}
