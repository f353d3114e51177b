// Two functions walk through a tree of lists and dicts, each by way of the other.
#include <Python.h>

static Py_ssize_t size_of_list(PyObject *list);

static Py_ssize_t size_of_dict(PyObject *node) {
  Py_ssize_t size = 1;
  PyObject *children =
      PyDict_GetItemString(node, "children");  // expect: borrowed-from-shared-container
  if (children != NULL && PyList_Check(children)) {
    size += size_of_list(children);
  }
  return size;
}

static Py_ssize_t size_of_list(PyObject *list) {
  Py_ssize_t size = 0;
  for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list); i++) {
    PyObject *item = PyList_GET_ITEM(list, i);  // expect: borrowed-from-shared-container
    if (PyDict_Check(item)) {
      size += size_of_dict(item);
    }
  }
  return size;
}

static PyObject *tree_size(PyObject *module, PyObject *tree) {
  if (PyDict_Check(tree)) {
    return PyLong_FromSsize_t(size_of_dict(tree));
  }
  if (PyList_Check(tree)) {
    return PyLong_FromSsize_t(size_of_list(tree));
  }
  PyErr_SetString(PyExc_TypeError, "dict or list");
  return NULL;
}

static PyMethodDef methods[] = {
    {"tree_size", tree_size, METH_O, NULL},
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
    .m_name = "borrowed_from_shared_container_mutual_recursion",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_mutual_recursion(void) {
  return PyModuleDef_Init(&definition);
}
