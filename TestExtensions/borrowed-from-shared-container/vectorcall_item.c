// The array is this call's own; the list that lies in it is not.
#include <Python.h>

static PyObject *at(PyObject *module, PyObject *const *args, Py_ssize_t count) {
  if (count != 2 || !PyList_Check(args[0])) {
    PyErr_SetString(PyExc_TypeError, "at(list, index)");
    return NULL;
  }
  Py_ssize_t index = PyLong_AsSsize_t(args[1]);
  if (index == -1 && PyErr_Occurred()) {
    return NULL;
  }
  PyObject *item = PyList_GetItem(args[0], index);  // expect: borrowed-from-shared-container
  Py_XINCREF(item);
  return item;
}

static PyObject *nested(PyObject *module, PyObject *args) {
  PyObject *matrix = PyTuple_GetItem(args, 0);
  if (matrix == NULL || !PyList_Check(matrix) || PyList_GET_SIZE(matrix) == 0) {
    Py_RETURN_NONE;
  }
  PyObject *row = PyList_GetItem(matrix, 0);  // expect: borrowed-from-shared-container
  return row == NULL ? NULL : PyObject_Repr(row);
}

static PyMethodDef methods[] = {
    {"at", (PyCFunction)(void (*)(void))at, METH_FASTCALL, NULL},
    {"nested", nested, METH_VARARGS, NULL},
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
    .m_name = "borrowed_from_shared_container_vectorcall_item",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_vectorcall_item(void) {
  return PyModuleDef_Init(&definition);
}
