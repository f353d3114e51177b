// The helper is given new containers alone, and a helper makes one.
#include <Python.h>

static PyObject *new_list(Py_ssize_t size) {
  PyObject *list = PyList_New(size);
  if (list == NULL && size > 0) {
    PyErr_SetString(PyExc_MemoryError, "too long");
  }
  return list;
}

static void fill(PyObject *list, PyObject *item) {
  for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list); i++) {
    PyList_SET_ITEM(list, i, Py_NewRef(item));
  }
}

static PyObject *repeat(PyObject *module, PyObject *args) {
  PyObject *item;
  Py_ssize_t size;
  if (!PyArg_ParseTuple(args, "On", &item, &size)) {
    return NULL;
  }
  PyObject *list = new_list(size);
  if (list == NULL) {
    return NULL;
  }
  fill(list, item);
  return list;
}

static PyObject *pair(PyObject *module, PyObject *item) {
  PyObject *list = new_list(2);
  if (list != NULL) {
    PyList_SET_ITEM(list, 0, Py_NewRef(item));
    PyList_SET_ITEM(list, 1, Py_NewRef(item));
  }
  return list;
}

static PyMethodDef methods[] = {
    {"repeat", repeat, METH_VARARGS, NULL},
    {"pair", pair, METH_O, NULL},
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
    .m_name = "write_into_published_container_helper_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_write_into_published_container_helper_good(void) {
  return PyModuleDef_Init(&definition);
}
