// The reference that this function has is the only one: no other thread can have the list.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000
static inline PyObject *PyList_GetItemRef(PyObject *list, Py_ssize_t index) {
  return Py_XNewRef(PyList_GetItem(list, index));
}
#endif

#if PY_VERSION_HEX < 0x030E0000
#define PyUnstable_Object_IsUniquelyReferenced(object) (Py_REFCNT(object) == 1)
#endif

static PyObject *head(PyObject *module, PyObject *object) {
  PyObject *rows = PyObject_GetAttrString(object, "rows");
  if (rows == NULL || !PyList_CheckExact(rows) || PyList_GET_SIZE(rows) == 0) {
    Py_XDECREF(rows);
    return PyErr_Occurred() ? NULL : Py_NewRef(Py_None);
  }
  PyObject *row;
  if (PyUnstable_Object_IsUniquelyReferenced(rows)) {
    row = Py_NewRef(PyList_GET_ITEM(rows, 0));
  } else {
    row = PyList_GetItemRef(rows, 0);
  }
  Py_DECREF(rows);
  return row;
}

static PyObject *last(PyObject *module, PyObject *argument) {
  if (!PyList_CheckExact(argument) || PyList_GET_SIZE(argument) == 0) {
    Py_RETURN_NONE;
  }
  PyObject *list = Py_NewRef(argument);
  Py_ssize_t index = PyList_GET_SIZE(list) - 1;
  PyObject *item = PyUnstable_Object_IsUniquelyReferenced(list)
                       ? Py_NewRef(PyList_GET_ITEM(list, index))
                       : PyList_GetItemRef(list, index);
  Py_DECREF(list);
  return item;
}

static PyMethodDef methods[] = {
    {"head", head, METH_O, NULL},
    {"last", last, METH_O, NULL},
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
    .m_name = "borrowed_from_shared_container_unique_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_unique_good(void) {
  return PyModuleDef_Init(&definition);
}
