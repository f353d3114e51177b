// Helpers that return a list or dict of their own; their caller is the only one who has it.
#include <Python.h>

static PyObject *collect(PyObject *iterable) {
  PyObject *list = PyList_New(0);
  PyObject *iterator = list == NULL ? NULL : PyObject_GetIter(iterable);
  if (iterator == NULL) {
    Py_XDECREF(list);
    return NULL;
  }
  PyObject *item;
  while ((item = PyIter_Next(iterator)) != NULL) {
    int failed = PyUnicode_Check(item) && PyList_Append(list, item) < 0;
    Py_DECREF(item);
    if (failed) {
      break;
    }
  }
  Py_DECREF(iterator);
  if (PyErr_Occurred()) {
    Py_CLEAR(list);
  }
  return list;
}

static int defaults(PyObject **out) {
  *out = Py_BuildValue("{s:i,s:i}", "depth", 3, "width", 80);
  return *out == NULL ? -1 : 0;
}

static PyObject *first_text(PyObject *module, PyObject *iterable) {
  PyObject *texts = collect(iterable);
  if (texts == NULL) {
    return NULL;
  }
  PyObject *text = PyList_GET_SIZE(texts) > 0 ? PyList_GET_ITEM(texts, 0) : Py_None;
  Py_INCREF(text);
  Py_DECREF(texts);
  return text;
}

static PyObject *option(PyObject *module, PyObject *name) {
  PyObject *table;
  if (defaults(&table) < 0) {
    return NULL;
  }
  PyObject *value = PyDict_GetItemWithError(table, name);
  Py_XINCREF(value);
  Py_DECREF(table);
  return value != NULL || PyErr_Occurred() ? value : Py_NewRef(Py_None);
}

static PyMethodDef methods[] = {
    {"first_text", first_text, METH_O, NULL},
    {"option", option, METH_O, NULL},
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
    .m_name = "borrowed_from_shared_container_fresh_helper_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_fresh_helper_good(void) {
  return PyModuleDef_Init(&definition);
}
