// One caller gives a list of its own, the other the list of its caller.
#include <Python.h>

static int is_sorted(PyObject *list) {
  for (Py_ssize_t i = 1; i < PyList_GET_SIZE(list); i++) {
    PyObject *left = PyList_GET_ITEM(list, i - 1);  // expect: borrowed-from-shared-container
    PyObject *right = PyList_GET_ITEM(list, i);
    int inverted = PyObject_RichCompareBool(right, left, Py_LT);
    if (inverted != 0) {
      return inverted < 0 ? -1 : 0;
    }
  }
  return 1;
}

static PyObject *sorted_copy(PyObject *module, PyObject *iterable) {
  PyObject *list = PySequence_List(iterable);
  if (list == NULL) {
    return NULL;
  }
  int sorted = is_sorted(list);
  if (sorted < 0 || (sorted == 0 && PyList_Sort(list) < 0)) {
    Py_DECREF(list);
    return NULL;
  }
  return list;
}

static PyObject *is_sorted_list(PyObject *module, PyObject *list) {
  if (!PyList_Check(list)) {
    PyErr_SetString(PyExc_TypeError, "a list");
    return NULL;
  }
  int sorted = is_sorted(list);
  return sorted < 0 ? NULL : PyBool_FromLong(sorted);
}

static PyMethodDef methods[] = {
    {"sorted_copy", sorted_copy, METH_O, NULL},
    {"is_sorted", is_sorted_list, METH_O, NULL},
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
    .m_name = "borrowed_from_shared_container_helper_mixed",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_helper_mixed(void) {
  return PyModuleDef_Init(&definition);
}
