// The outer helper hands on what the inner one borrowed: the inner one is where it begins.
#include <Python.h>

static PyObject *item_or_null(PyObject *list, Py_ssize_t index) {  // expect: helper-returns-borrowed
  if (index < 0 || index >= PyList_Size(list)) {
    return NULL;
  }
  return PyList_GetItem(list, index);
}

static PyObject *item_or(PyObject *list, Py_ssize_t index, PyObject *fallback) {
  PyObject *item = item_or_null(list, index);
  return item != NULL ? item : fallback;
}

static PyObject *second(PyObject *module, PyObject *list) {
  PyObject *item = item_or(list, 1, Py_None);
  Py_INCREF(item);
  return item;
}

static PyMethodDef methods[] = {
    {"second", second, METH_O, NULL},
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
    .m_name = "helper_returns_borrowed_levels",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_helper_returns_borrowed_levels(void) {
  return PyModuleDef_Init(&definition);
}
