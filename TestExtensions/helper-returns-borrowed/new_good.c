// Helpers that look like lookups and return new references on every path.
#include <Python.h>

static PyObject *item_or_none(PyObject *sequence, Py_ssize_t index) {
  PyObject *item = PySequence_GetItem(sequence, index);
  if (item == NULL && PyErr_ExceptionMatches(PyExc_IndexError)) {
    PyErr_Clear();
    return Py_NewRef(Py_None);
  }
  return item;
}

static PyObject *option(PyObject *options, const char *name, long fallback) {
  PyObject *key = PyUnicode_FromString(name);
  PyObject *value = key == NULL ? NULL : PyObject_GetItem(options, key);
  Py_XDECREF(key);
  if (value == NULL && PyErr_ExceptionMatches(PyExc_KeyError)) {
    PyErr_Clear();
    value = PyLong_FromLong(fallback);
  }
  return value;
}

static PyObject *page(PyObject *module, PyObject *args) {
  PyObject *sequence, *options;
  if (!PyArg_ParseTuple(args, "OO!", &sequence, &PyDict_Type, &options)) {
    return NULL;
  }
  PyObject *number = option(options, "page", 0);
  Py_ssize_t index = number == NULL ? -1 : PyLong_AsSsize_t(number);
  Py_XDECREF(number);
  return PyErr_Occurred() ? NULL : item_or_none(sequence, index);
}

static PyMethodDef methods[] = {
    {"page", page, METH_VARARGS, NULL},
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
    .m_name = "helper_returns_borrowed_new_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_helper_returns_borrowed_new_good(void) {
  return PyModuleDef_Init(&definition);
}
