// For a list PySequence_Fast returns that list: it can shrink while the loop runs to the old size.
#include <Python.h>

static PyObject *total(PyObject *module, PyObject *numbers) {
  PyObject *fast = PySequence_Fast(numbers, "numbers must be a sequence");  // expect: unlocked-fast-sequence
  if (fast == NULL) {
    return NULL;
  }
  Py_ssize_t size = PySequence_Fast_GET_SIZE(fast);
  double sum = 0;
  for (Py_ssize_t i = 0; i < size; i++) {
    sum += PyFloat_AsDouble(PySequence_Fast_GET_ITEM(fast, i));
  }
  Py_DECREF(fast);
  return PyErr_Occurred() ? NULL : PyFloat_FromDouble(sum);
}

static PyMethodDef methods[] = {
    {"total", total, METH_O, NULL},
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
    .m_name = "unlocked_fast_sequence_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unlocked_fast_sequence_bad(void) {
  return PyModuleDef_Init(&definition);
}
