// The test for a tuple is made, but its answer is not what the loop depends on.
#include <Python.h>

static PyObject *describe(PyObject *module, PyObject *sequence) {
  const char *kind = PyTuple_CheckExact(sequence) ? "tuple" : "sequence";
  PyObject *fast = PySequence_Fast(sequence, "a sequence is needed");  // expect: unlocked-fast-sequence
  if (fast == NULL) {
    return NULL;
  }
  Py_ssize_t length = 0;
  for (Py_ssize_t i = 0; i < PySequence_Fast_GET_SIZE(fast); i++) {
    PyObject *item = PySequence_Fast_GET_ITEM(fast, i);
    length += PyUnicode_Check(item) ? PyUnicode_GET_LENGTH(item) : 0;
  }
  Py_DECREF(fast);
  return PyUnicode_FromFormat("%s of %zd letters", kind, length);
}

static PyMethodDef methods[] = {
    {"describe", describe, METH_O, NULL},
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
    .m_name = "unlocked_fast_sequence_tuple_branch",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unlocked_fast_sequence_tuple_branch(void) {
  return PyModuleDef_Init(&definition);
}
