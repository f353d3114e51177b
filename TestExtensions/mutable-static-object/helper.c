// A helper replaces the object that it is given the address of.
#include <Python.h>

static PyObject *prefix;  // expect: mutable-static-object
static PyObject *suffix;  // expect: mutable-static-object

static PyObject *replace(PyObject **place, PyObject *value) {
  PyObject *old = *place;
  *place = Py_NewRef(value);
  Py_XDECREF(old);
  Py_RETURN_NONE;
}

static PyObject *set_prefix(PyObject *module, PyObject *text) {
  return replace(&prefix, text);
}

static PyObject *set_suffix(PyObject *module, PyObject *text) {
  return replace(&suffix, text);
}

static PyObject *decorate(PyObject *module, PyObject *text) {
  if (prefix == NULL || suffix == NULL) {
    return Py_NewRef(text);
  }
  return PyUnicode_FromFormat("%S%S%S", prefix, text, suffix);
}

static PyMethodDef methods[] = {
    {"set_prefix", set_prefix, METH_O, NULL},
    {"set_suffix", set_suffix, METH_O, NULL},
    {"decorate", decorate, METH_O, NULL},
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
    .m_name = "mutable_static_object_helper",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_mutable_static_object_helper(void) {
  return PyModuleDef_Init(&definition);
}
