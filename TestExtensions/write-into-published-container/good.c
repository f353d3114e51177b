// The module of bad.c; the list is asked to set its item, and the tuple stays as it is.
#include <Python.h>

static PyObject *set_first(PyObject *module, PyObject *args) {
  PyObject *list, *item;
  if (!PyArg_ParseTuple(args, "O!O", &PyList_Type, &list, &item)) {
    return NULL;
  }
  return PyList_SetItem(list, 0, Py_NewRef(item)) < 0 ? NULL : Py_NewRef(Py_None);
}

static PyObject *moved_origin(PyObject *module, PyObject *x) {
  return Py_BuildValue("(Oi)", x, 0);
}

static PyMethodDef methods[] = {
    {"set_first", set_first, METH_VARARGS, NULL},
    {"moved_origin", moved_origin, METH_O, NULL},
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
    .m_name = "write_into_published_container_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_write_into_published_container_good(void) {
  return PyModuleDef_Init(&definition);
}
