// The lists that PySequence_Fast is given were made here: it returns lists nobody else has.
#include <Python.h>

static PyObject *longest(PyObject *module, PyObject *mapping) {
  PyObject *values = PyMapping_Values(mapping);
  PyObject *fast = values == NULL ? NULL : PySequence_Fast(values, "values");
  Py_XDECREF(values);
  if (fast == NULL) {
    return NULL;
  }
  Py_ssize_t longest = 0;
  for (Py_ssize_t i = 0; i < PySequence_Fast_GET_SIZE(fast); i++) {
    Py_ssize_t size = PyObject_Size(PySequence_Fast_GET_ITEM(fast, i));
    if (size < 0) {
      Py_DECREF(fast);
      return NULL;
    }
    longest = Py_MAX(longest, size);
  }
  Py_DECREF(fast);
  return PyLong_FromSsize_t(longest);
}

static PyObject *words(PyObject *module, PyObject *text) {
  PyObject *list = PyUnicode_Split(text, NULL, -1);
  if (list == NULL) {
    return NULL;
  }
  Py_SETREF(list, PySequence_Fast(list, "words"));
  PyObject **items = PySequence_Fast_ITEMS(list);
  Py_ssize_t length = 0;
  for (Py_ssize_t i = 0; i < PySequence_Fast_GET_SIZE(list); i++) {
    length += PyUnicode_GET_LENGTH(items[i]);
  }
  Py_DECREF(list);
  return PyLong_FromSsize_t(length);
}

static PyMethodDef methods[] = {
    {"longest", longest, METH_O, NULL},
    {"words", words, METH_O, NULL},
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
    .m_name = "unlocked_fast_sequence_private_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unlocked_fast_sequence_private_good(void) {
  return PyModuleDef_Init(&definition);
}
