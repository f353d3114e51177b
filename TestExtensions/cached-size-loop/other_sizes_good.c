// Loops that are safe: over a new list, over a tuple, and with the size asked for each time.
#include <Python.h>

static PyObject *copies(PyObject *module, PyObject *values) {
  PyObject *list = PySequence_List(values);
  if (list == NULL) {
    return NULL;
  }
  Py_ssize_t size = PyList_GET_SIZE(list);
  Py_ssize_t found = 0;
  for (Py_ssize_t i = 0; i < size; i++) {
    found += PyUnicode_Check(PyList_GET_ITEM(list, i));
  }
  Py_DECREF(list);
  return PyLong_FromSsize_t(found);
}

static PyObject *tuples(PyObject *module, PyObject *values) {
  if (!PyTuple_Check(values)) {
    Py_RETURN_NONE;
  }
  Py_ssize_t size = Py_SIZE(values);
  Py_ssize_t found = 0;
  for (Py_ssize_t i = 0; i < size; i++) {
    found += PyUnicode_Check(PyTuple_GET_ITEM(values, i));
  }
  return PyLong_FromSsize_t(found);
}

static PyMethodDef methods[] = {
    {"copies", copies, METH_O, NULL},
    {"tuples", tuples, METH_O, NULL},
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
    .m_name = "cached_size_loop_other_sizes_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_cached_size_loop_other_sizes_good(void) {
  return PyModuleDef_Init(&definition);
}
