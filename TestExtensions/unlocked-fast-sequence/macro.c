// The project's macros: one makes the sequence, one loops.
#include <Python.h>

#define TO_FAST(variable, object, message)              \
  PyObject *variable = PySequence_Fast(object, message); \
  if (variable == NULL) {                               \
    return NULL;                                        \
  }
#define EACH(index, fast) \
  for (Py_ssize_t index = 0; index < PySequence_Fast_GET_SIZE(fast); index++)

static PyObject *count_tuples(PyObject *module, PyObject *rows) {
  TO_FAST(fast, rows, "rows");  // expect: unlocked-fast-sequence
  Py_ssize_t count = 0;
  EACH(i, fast) {
    count += PyTuple_Check(PySequence_Fast_GET_ITEM(fast, i));
  }
  Py_DECREF(fast);
  return PyLong_FromSsize_t(count);
}

static PyMethodDef methods[] = {
    {"count_tuples", count_tuples, METH_O, NULL},
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
    .m_name = "unlocked_fast_sequence_macro",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unlocked_fast_sequence_macro(void) {
  return PyModuleDef_Init(&definition);
}
