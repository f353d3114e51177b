// The module of bad.c; the items of a tuple that nobody changes are compared.
#include <Python.h>

static PyObject *same_type(PyObject *module, PyObject *object) {
  if (!PyList_CheckExact(object)) {
    Py_RETURN_FALSE;
  }
  PyObject *items = PyList_AsTuple(object);
  if (items == NULL) {
    return NULL;
  }
  int same = 1;
  PyTupleObject *tuple = (PyTupleObject *)items;
  for (Py_ssize_t i = 1; same && i < PyTuple_GET_SIZE(items); i++) {
    same = Py_TYPE(tuple->ob_item[i]) == Py_TYPE(tuple->ob_item[0]);
  }
  Py_DECREF(items);
  return PyBool_FromLong(same);
}

static PyMethodDef methods[] = {
    {"same_type", same_type, METH_O, NULL},
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
    .m_name = "raw_container_access_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_raw_container_access_good(void) {
  return PyModuleDef_Init(&definition);
}
