// The result comes in as a parameter: the helper's first macro is where it goes wrong.
#include <Python.h>

static int all_strings(PyObject *fast) {
  for (Py_ssize_t i = 0; i < PySequence_Fast_GET_SIZE(fast); i++) {  // expect: unlocked-fast-sequence
    if (!PyUnicode_Check(PySequence_Fast_GET_ITEM(fast, i))) {
      return 0;
    }
  }
  return 1;
}

static PyObject *check(PyObject *module, PyObject *names) {
  PyObject *fast = PySequence_Fast(names, "names must be a sequence");
  if (fast == NULL) {
    return NULL;
  }
  int result = all_strings(fast);
  Py_DECREF(fast);
  return PyBool_FromLong(result);
}

static PyMethodDef methods[] = {
    {"check", check, METH_O, NULL},
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
    .m_name = "unlocked_fast_sequence_parameter",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unlocked_fast_sequence_parameter(void) {
  return PyModuleDef_Init(&definition);
}
