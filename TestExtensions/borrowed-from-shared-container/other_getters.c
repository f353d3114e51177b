// Not only lists and dicts lend: a cell, a type and an instance's slot do.
#include <Python.h>

static PyObject *cell_text(PyObject *module, PyObject *cell) {
  if (!PyCell_Check(cell)) {
    Py_RETURN_NONE;
  }
  PyObject *content = PyCell_GET(cell);  // expect: borrowed-from-shared-container
  return content == NULL ? Py_NewRef(Py_None) : PyObject_Str(content);
}

static PyObject *special(PyObject *module, PyObject *args) {
  PyObject *object, *name;
  if (!PyArg_ParseTuple(args, "OU", &object, &name)) {
    return NULL;
  }
  // expect: private-api
  PyObject *found = _PyType_Lookup(Py_TYPE(object), name);  // expect: borrowed-from-shared-container
  return Py_NewRef(found == NULL ? Py_None : found);
}

static PyObject *intern(PyObject *module, PyObject *args) {
  PyObject *table, *word;
  if (!PyArg_ParseTuple(args, "O!U", &PyDict_Type, &table, &word)) {
    return NULL;
  }
  PyObject *known = PyDict_SetDefault(table, word, word);  // expect: borrowed-from-shared-container
  return Py_XNewRef(known);
}

static PyMethodDef methods[] = {
    {"cell_text", cell_text, METH_O, NULL},
    {"special", special, METH_VARARGS, NULL},
    {"intern", intern, METH_VARARGS, NULL},
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
    .m_name = "borrowed_from_shared_container_other_getters",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_other_getters(void) {
  return PyModuleDef_Init(&definition);
}
