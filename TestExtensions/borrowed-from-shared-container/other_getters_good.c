// The same three with strong references.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000
static inline int PyDict_SetDefaultRef(
    PyObject *dict, PyObject *key, PyObject *value, PyObject **item) {
  *item = Py_XNewRef(PyDict_SetDefault(dict, key, value));
  return *item == NULL ? -1 : *item != value;
}
#endif

static PyObject *cell_text(PyObject *module, PyObject *cell) {
  PyObject *content = PyCell_Get(cell);
  if (content == NULL) {
    return PyErr_Occurred() ? NULL : Py_NewRef(Py_None);
  }
  PyObject *text = PyObject_Str(content);
  Py_DECREF(content);
  return text;
}

static PyObject *special(PyObject *module, PyObject *args) {
  PyObject *object, *name;
  if (!PyArg_ParseTuple(args, "OU", &object, &name)) {
    return NULL;
  }
  return PyObject_GetAttr((PyObject *)Py_TYPE(object), name);
}

static PyObject *intern(PyObject *module, PyObject *args) {
  PyObject *table, *word, *known;
  if (!PyArg_ParseTuple(args, "O!U", &PyDict_Type, &table, &word)) {
    return NULL;
  }
  return PyDict_SetDefaultRef(table, word, word, &known) < 0 ? NULL : known;
}

static PyMethodDef methods[] = {
    {"cell_text", cell_text, METH_O, NULL},
    {"special", special, METH_VARARGS, NULL},
    {"intern", intern, METH_VARARGS, NULL},
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
    .m_name = "borrowed_from_shared_container_other_getters_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_other_getters_good(void) {
  return PyModuleDef_Init(&definition);
}
