// A helper makes the sequence, with a message of its own; its callers walk over the items.
#include <Python.h>

static PyObject *as_fast(PyObject *object, const char *what) {
  PyObject *fast = PySequence_Fast(object, what);  // expect: unlocked-fast-sequence
  if (fast == NULL && PyErr_ExceptionMatches(PyExc_TypeError)) {
    PyErr_Format(PyExc_ValueError, "%s: %R", what, (PyObject *)Py_TYPE(object));
  }
  return fast;
}

static PyObject *minimum(PyObject *module, PyObject *numbers) {
  PyObject *fast = as_fast(numbers, "numbers");
  if (fast == NULL) {
    return NULL;
  }
  double best = Py_HUGE_VAL;
  for (Py_ssize_t i = 0; i < PySequence_Fast_GET_SIZE(fast); i++) {
    double number = PyFloat_AsDouble(PySequence_Fast_GET_ITEM(fast, i));
    best = number < best ? number : best;
  }
  Py_DECREF(fast);
  return PyErr_Occurred() ? NULL : PyFloat_FromDouble(best);
}

static PyMethodDef methods[] = {
    {"minimum", minimum, METH_O, NULL},
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
    .m_name = "unlocked_fast_sequence_helper",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unlocked_fast_sequence_helper(void) {
  return PyModuleDef_Init(&definition);
}
