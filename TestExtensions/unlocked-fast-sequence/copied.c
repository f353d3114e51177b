// A check of the size in each turn and a reference taken at once do not help either.
#include <Python.h>

static PyObject *reversed_list(PyObject *module, PyObject *sequence) {
  PyObject *fast = PySequence_Fast(sequence, "reversed");  // expect: unlocked-fast-sequence
  PyObject *result = fast == NULL ? NULL : PyList_New(0);
  if (result == NULL) {
    Py_XDECREF(fast);
    return NULL;
  }
  for (Py_ssize_t i = PySequence_Fast_GET_SIZE(fast); i > 0; i--) {
    if (i > PySequence_Fast_GET_SIZE(fast)) {
      continue;
    }
    PyObject *item = PySequence_Fast_GET_ITEM(fast, i - 1);
    Py_INCREF(item);
    int failed = PyList_Append(result, item);
    Py_DECREF(item);
    if (failed) {
      Py_CLEAR(result);
      break;
    }
  }
  Py_DECREF(fast);
  return result;
}

static PyMethodDef methods[] = {
    {"reversed", reversed_list, METH_O, NULL},
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
    .m_name = "unlocked_fast_sequence_copied",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unlocked_fast_sequence_copied(void) {
  return PyModuleDef_Init(&definition);
}
