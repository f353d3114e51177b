// The callers hold the lock from before the helper's borrow until they have a reference.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

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
  int result;
  Py_BEGIN_CRITICAL_SECTION(converters);
  result = PyDict_SetItem(converters, type, function);
  Py_END_CRITICAL_SECTION();
  return result < 0 ? NULL : Py_NewRef(Py_None);
}

static PyObject *converter_lock_held(PyObject *type) {
  return PyDict_GetItemWithError(converters, type);
}

static PyObject *convert(PyObject *module, PyObject *object) {
  PyObject *function;
  Py_BEGIN_CRITICAL_SECTION(converters);
  function = converter_lock_held((PyObject *)Py_TYPE(object));
  Py_XINCREF(function);
  Py_END_CRITICAL_SECTION();
  if (function == NULL) {
    return PyErr_Occurred() ? NULL : Py_NewRef(object);
  }
  PyObject *result = PyObject_CallOneArg(function, object);
  Py_DECREF(function);
  return result;
}

static PyMethodDef methods[] = {
    {"add_converter", add_converter, METH_VARARGS, NULL},
    {"convert", convert, METH_O, NULL},
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
    .m_name = "helper_returns_borrowed_locked_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_helper_returns_borrowed_locked_good(void) {
  return PyModuleDef_Init(&definition);
}
