// The containers that the helpers borrow from belong to the call: a snapshot, the keyword dict, the
// argument tuple.
#include <Python.h>

static PyObject *item_at(PyObject *list, Py_ssize_t index) {
  return index < PyList_GET_SIZE(list) ? PyList_GET_ITEM(list, index) : Py_None;
}

static PyObject *keyword(PyObject *kwargs, const char *name) {
  return kwargs == NULL ? NULL : PyDict_GetItemString(kwargs, name);
}

static PyObject *argument(PyObject *args, Py_ssize_t index) {
  return index < PyTuple_GET_SIZE(args) ? PyTuple_GET_ITEM(args, index) : Py_None;
}

static PyObject *second(PyObject *module, PyObject *args, PyObject *kwargs) {
  PyObject *list = PySequence_List(argument(args, 0));
  if (list == NULL) {
    return NULL;
  }
  PyObject *key = keyword(kwargs, "key");
  PyObject *item = item_at(list, 1);
  PyObject *result = key == NULL ? Py_NewRef(item) : PyObject_CallOneArg(key, item);
  Py_DECREF(list);
  return result;
}

static PyMethodDef methods[] = {
    {"second", (PyCFunction)(void (*)(void))second, METH_VARARGS|METH_KEYWORDS, NULL},
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
    .m_name = "helper_returns_borrowed_private_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_helper_returns_borrowed_private_good(void) {
  return PyModuleDef_Init(&definition);
}
