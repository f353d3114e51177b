// Each turn borrows one item and calls Python with it.
#include <Python.h>

static PyObject *apply(PyObject *module, PyObject *args) {
  PyObject *function, *list;
  if (!PyArg_ParseTuple(args, "OO!", &function, &PyList_Type, &list)) {
    return NULL;
  }
  PyObject *results = PyList_New(0);
  if (results == NULL) {
    return NULL;
  }
  Py_ssize_t size = PyList_GET_SIZE(list);
  for (Py_ssize_t i = 0; i < size; i++) {
    PyObject *item = PyList_GetItem(list, i);  // expect: borrowed-from-shared-container
    if (item == NULL) {
      break;
    }
    PyObject *result = PyObject_CallOneArg(function, item);
    if (result == NULL || PyList_Append(results, result) < 0) {
      Py_XDECREF(result);
      Py_CLEAR(results);
      break;
    }
    Py_DECREF(result);
  }
  return results;
}

static PyMethodDef methods[] = {
    {"apply", apply, METH_VARARGS, NULL},
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
    .m_name = "borrowed_from_shared_container_loop",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_loop(void) {
  return PyModuleDef_Init(&definition);
}
