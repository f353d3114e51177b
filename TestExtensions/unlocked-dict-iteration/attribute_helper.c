// A helper finds the dict, which belongs to another object and may be new for each call.
#include <Python.h>

static PyObject *table_of(PyObject *object) {
  return PyObject_GetAttrString(object, "table");
}

static PyObject *keys(PyObject *module, PyObject *object) {
  PyObject *table = table_of(object);
  if (table == NULL || !PyDict_Check(table)) {
    Py_XDECREF(table);
    return PyErr_Occurred() ? NULL : PyList_New(0);
  }
  PyObject *result = PyList_New(0), *key, *value;
  Py_ssize_t position = 0;
  // expect: unlocked-dict-iteration
  while (result != NULL && PyDict_Next(table, &position, &key, &value)) {
    if (PyList_Append(result, key) < 0) {
      Py_CLEAR(result);
    }
  }
  Py_DECREF(table);
  return result;
}

static PyMethodDef methods[] = {
    {"keys", keys, METH_O, NULL},
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
    .m_name = "unlocked_dict_iteration_attribute_helper",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unlocked_dict_iteration_attribute_helper(void) {
  return PyModuleDef_Init(&definition);
}
