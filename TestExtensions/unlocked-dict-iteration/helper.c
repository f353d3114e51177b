// The dict comes in as a parameter; one of two callers gives the dict of its own caller.
#include <Python.h>

static Py_ssize_t count_none(PyObject *dict) {
  Py_ssize_t position = 0, count = 0;
  PyObject *key, *value;
  while (PyDict_Next(dict, &position, &key, &value)) {  // expect: unlocked-dict-iteration
    if (value == Py_None) {
      count++;
    }
  }
  return count;
}

static PyObject *count_in_dict(PyObject *module, PyObject *dict) {
  if (!PyDict_CheckExact(dict)) {
    Py_RETURN_NONE;
  }
  return PyLong_FromSsize_t(count_none(dict));
}

static PyObject *count_in_copy(PyObject *module, PyObject *dict) {
  PyObject *copy = PyDict_Copy(dict);
  if (copy == NULL) {
    return NULL;
  }
  Py_ssize_t count = count_none(copy);
  Py_DECREF(copy);
  return PyLong_FromSsize_t(count);
}

static PyMethodDef methods[] = {
    {"count_in_dict", count_in_dict, METH_O, NULL},
    {"count_in_copy", count_in_copy, METH_O, NULL},
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
    .m_name = "unlocked_dict_iteration_helper",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unlocked_dict_iteration_helper(void) {
  return PyModuleDef_Init(&definition);
}
