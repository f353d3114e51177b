// The owner comes in as a parameter of a helper, and a second helper takes the reference: too late.
#include <Python.h>

static long width_of(PyObject *options) {
  PyObject *value =
      PyDict_GetItemString(options, "width");  // expect: borrowed-from-shared-container
  return value == NULL ? 80 : PyLong_AsLong(value);
}

static PyObject *keep(PyObject *object) {
  Py_XINCREF(object);
  return object;
}

static PyObject *wrap(PyObject *module, PyObject *args) {
  PyObject *text, *options;
  if (!PyArg_ParseTuple(args, "UO!", &text, &PyDict_Type, &options)) {
    return NULL;
  }
  long width = width_of(options);
  if (width == -1 && PyErr_Occurred()) {
    return NULL;
  }
  return PyUnicode_Substring(text, 0, width);
}

static PyObject *last(PyObject *module, PyObject *list) {
  if (!PyList_Check(list) || PyList_GET_SIZE(list) == 0) {
    PyErr_SetString(PyExc_IndexError, "empty");
    return NULL;
  }
  return keep(PyList_GET_ITEM(list, PyList_GET_SIZE(list) - 1));  // expect: borrowed-from-shared-container
}

static PyMethodDef methods[] = {
    {"wrap", wrap, METH_VARARGS, NULL},
    {"last", last, METH_O, NULL},
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
    .m_name = "borrowed_from_shared_container_helper",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_helper(void) {
  return PyModuleDef_Init(&definition);
}
