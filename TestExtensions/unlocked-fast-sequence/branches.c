// One branch makes a tuple, the other takes the caller's list as it is.
#include <Python.h>

static PyObject *first_word(PyObject *module, PyObject *source) {
  PyObject *fast;
  if (PyUnicode_Check(source)) {
    PyObject *words = PyUnicode_Split(source, NULL, 1);
    fast = words == NULL ? NULL : PySequence_Tuple(words);
    Py_XDECREF(words);
  } else {
    fast = PySequence_Fast(source, "words");  // expect: unlocked-fast-sequence
  }
  if (fast == NULL) {
    return NULL;
  }
  PyObject *word = Py_None;
  if (PySequence_Fast_GET_SIZE(fast) > 0) {
    word = PySequence_Fast_GET_ITEM(fast, 0);
  }
  Py_INCREF(word);
  Py_DECREF(fast);
  return word;
}

static PyMethodDef methods[] = {
    {"first_word", first_word, METH_O, NULL},
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
    .m_name = "unlocked_fast_sequence_branches",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unlocked_fast_sequence_branches(void) {
  return PyModuleDef_Init(&definition);
}
