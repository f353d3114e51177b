// The owner is no argument: it is a static dict, to which an entry point adds.
#include <Python.h>

static PyObject *converters;

static int exec_module(PyObject *module) {
  converters = PyDict_New();
  return converters == NULL ? -1 : 0;
}

static PyObject *add_converter(PyObject *module, PyObject *args) {
  PyObject *type, *function;
  if (!PyArg_ParseTuple(args, "O!O", &PyType_Type, &type, &function)) {
    return NULL;
  }
  return PyDict_SetItem(converters, type, function) < 0 ? NULL : Py_NewRef(Py_None);
}

static PyObject *
converter_of(PyTypeObject *type) {  // expect: helper-returns-borrowed
  for (; type != NULL; type = type->tp_base) {
    PyObject *found = PyDict_GetItemWithError(converters, (PyObject *)type);
    if (found != NULL || PyErr_Occurred()) {
      return found;
    }
  }
  return NULL;
}

static PyObject *convert(PyObject *module, PyObject *object) {
  PyObject *function = converter_of(Py_TYPE(object));
  if (function == NULL) {
    return PyErr_Occurred() ? NULL : Py_NewRef(object);
  }
  return PyObject_CallOneArg(function, object);
}

static PyMethodDef methods[] = {
    {"add_converter", add_converter, METH_VARARGS, NULL},
    {"convert", convert, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "helper_returns_borrowed_static_owner",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_helper_returns_borrowed_static_owner(void) {
  return PyModuleDef_Init(&definition);
}
