// A helper says whether an object is shared, and its caller clears and fills it again if not.
#include <Python.h>

static int is_shared(PyObject *object) {
  return Py_REFCNT(object) > 1;  // expect: refcount-is-one
}

static PyObject *writable(PyObject *list) {
  if (is_shared(list)) {
    PyObject *copy = PyList_GetSlice(list, 0, PyList_GET_SIZE(list));
    Py_DECREF(list);
    return copy;
  }
  return list;
}

static PyObject *with_item(PyObject *module, PyObject *args) {
  PyObject *list, *item;
  if (!PyArg_ParseTuple(args, "O!O", &PyList_Type, &list, &item)) {
    return NULL;
  }
  list = writable(Py_NewRef(list));
  if (list != NULL && PyList_Append(list, item) < 0) {
    Py_CLEAR(list);
  }
  return list;
}

static PyMethodDef methods[] = {
    {"with_item", with_item, METH_VARARGS, NULL},
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
    .m_name = "refcount_is_one_helper_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_refcount_is_one_helper_bad(void) {
  return PyModuleDef_Init(&definition);
}
