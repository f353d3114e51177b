// A helper gets the array in which the list keeps its items, and walks through it.
#include <Python.h>

static PyObject *describe(PyObject **items, Py_ssize_t count) {
  PyObject *result = PyList_New(0);
  for (Py_ssize_t i = 0; result != NULL && i < count; i++) {
    PyObject *text = PyObject_Repr(items[i]);
    if (text == NULL || PyList_Append(result, text) < 0) {
      Py_CLEAR(result);
    }
    Py_XDECREF(text);
  }
  return result;
}

static PyObject *describe_all(PyObject *module, PyObject *object) {
  if (PyTuple_Check(object)) {
    return describe(((PyTupleObject *)object)->ob_item, PyTuple_GET_SIZE(object));
  }
  if (!PyList_Check(object)) {
    PyErr_SetString(PyExc_TypeError, "list or tuple");
    return NULL;
  }
  PyListObject *list = (PyListObject *)object;
  // expect: raw-container-access
  return describe(list->ob_item, PyList_GET_SIZE(object));  // expect: borrowed-from-shared-container
}

static PyObject *first(PyObject *module, PyObject *const *args, Py_ssize_t count) {
  if (count != 1 || !PyList_Check(args[0]) || PyList_GET_SIZE(args[0]) == 0) {
    Py_RETURN_NONE;
  }
  // expect-missing: borrowed-from-shared-container  the field of an item of the array is not followed
  PyObject *item = ((PyListObject *)args[0])->ob_item[0];  // expect: raw-container-access
  return PyObject_Repr(item);
}

static PyMethodDef methods[] = {
    {"describe_all", describe_all, METH_O, NULL},
    {"first", (PyCFunction)(void (*)(void))first, METH_FASTCALL, NULL},
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
    .m_name = "borrowed_from_shared_container_item_array",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_item_array(void) {
  return PyModuleDef_Init(&definition);
}
